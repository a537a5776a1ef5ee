"""What is typed behind a command, read and refused in the owner's language.

argparse takes its own words from gettext, by the domain and the language the process names.
"""

from __future__ import annotations

import argparse
import gettext
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from desktopapp.kernel.language import CODES, DOMAIN, LOCALE, Language, language
from desktopapp.kernel.message import N_

CHINESE, ENGLISH = CODES
WORDS = (
    N_("usage: "), N_("positional arguments"), N_("options"), N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"), N_("argument %(argument_name)s: %(message)s"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"), N_("invalid %(type)s value: %(value)r"),
    N_("the following arguments are required: %s"), N_("unrecognized arguments: %s"), N_("expected one argument"),
    N_("expected at least one argument"), N_("ignored explicit argument %r"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)  # fmt: skip
"""What argparse says of itself, as its source has it."""


def language_of(given: Sequence[str]) -> Language:
    """The language to answer in: as asked for by `--lang`, or as the system speaks if that is English."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    early.add_argument("--lang", nargs="?")
    asked, _ = early.parse_known_args(given)
    return language(ENGLISH if (asked.lang or os.environ.get("LANG", ""))[:2] == "en" else CHINESE)


@contextmanager
def answered_in(words: Language) -> Iterator[None]:
    """Have argparse speak a language, from the making of the parser to the reading of the arguments."""
    before, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = words.code
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE")
        if before is not None:
            os.environ["LANGUAGE"] = before
