"""Printing opens its fonts and its forms, and nothing a text may name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import json, sys
from datetime import datetime
from pathlib import Path

heard = []
def hear(event, told):
    if event == "open" and isinstance(told[0], (str, bytes)):
        heard.append(str(told[0] if isinstance(told[0], str) else told[0].decode()))
    elif event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "urllib.", "http.")):
        heard.append(event)
sys.addaudithook(hear)

from desktopapp.kernel.language import language
from desktopapp.printing.form import Booklet, Filled
secret, target, texts = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
with Booklet(target, (language("zh_CN"), language("en")), company=texts[0], printed=datetime(2026, 11, 23)) as booklet:
    for text in texts:
        filled = Filled(fields={"Name": text}, rows={"1. Goals this period": [(None, text, None, None, None, text)]},
                        texts={"5. To improve, and why": text})
        booklet.form("PF-01", filled, bookmark=text, subject=text)
print(json.dumps(heard))
"""


def test_nothing_a_text_names_is_opened_while_it_is_printed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"nothing to see")
    texts = [
        f'<img src="{secret}"/>',
        f'<img src="file://{secret}" width="10" height="10"/>',
        '<img src="http://127.0.0.1:9/x.png"/><a href="http://127.0.0.1:9/">x</a>',
        f"<para><onDraw name='x' label='{secret}'/></para>",
        # CVE-2023-33733: a colour that ReportLab's paragraphs once evaluated
        f'<font color="[[[open({str(secret)!r}) for x in [1]]] and \'red\']">x</font>',
        f"${{{secret}}} $(cat {secret}) `cat {secret}` %(open({str(secret)!r}))s",
        str(secret),
    ]
    command = [sys.executable, "-B", "-c", PROGRAM, str(secret), str(tmp_path / "out.pdf"), json.dumps(texts)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    heard = json.loads(done.stdout.splitlines()[-1])
    ours = (str(ROOT / "resources"), str(ROOT / "desktopapp"), *{sys.prefix, sys.base_prefix, "/usr", "/etc"})
    strange = [each for each in heard if not each.startswith((*ours, "<"))]
    assert [each for each in strange if not each.startswith(str(tmp_path / "out"))] == []
    assert any(each.endswith(".ttf") for each in heard)
    assert str(secret) not in heard


def test_no_program_in_the_owners_home_is_run_by_what_draws_the_paper(tmp_path: Path) -> None:
    for name in (".reportlab_mods", ".reportlab_settings"):
        (tmp_path / name).write_text("raise SystemExit('it was run')")
    program = "import desktopapp.printing.form, reportlab.rl_config; print('drawn')"
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], capture_output=True, text=True, cwd=ROOT, check=False,
        env={**os.environ, "HOME": str(tmp_path), "USERPROFILE": str(tmp_path)},
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("drawn", "")
