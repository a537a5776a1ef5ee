"""The content the program ships: templates, forms, lists, read when first asked for."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from desktopapp.kernel.message import Both

STARTER = Path(__file__).resolve().parents[2] / "resources" / "starter"


@cache
def content(name: str) -> Any:
    """A YAML file of the starter content; every `{zh, en}` pair in it has become a `Both`.

    The value is shared: do not change it.
    """
    import yaml  # here, because the first window needs none of it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with (STARTER / f"{name}.yaml").open(encoding="utf-8") as file:
        return _paired(yaml.load(file, loader))  # noqa: S506  # a safe loader, the one in C where there is one


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """A TSV file of the starter content, a dict a row."""
    with (STARTER / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _paired(node: Any) -> Any:
    if isinstance(node, dict):
        if node.keys() == {"zh", "en"}:
            return Both(str(node["zh"]), str(node["en"]))
        return {key: _paired(value) for key, value in node.items()}
    if isinstance(node, list):
        return tuple(_paired(each) for each in node)
    return node
