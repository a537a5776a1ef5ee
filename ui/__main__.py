"""`python -m ui` starts the program."""

import gc
import importlib
import sys

CORE = ("desktopapp.overview.charts", "desktopapp.overview.search", "desktopapp.overview.today")
"""The part without windows that the first window shows something of, with all it rests on."""


def start() -> int:
    """Run the program, or what the packed program starts itself for: reading a stranger's file."""
    if sys.argv[1:2] == ["--read-workbook"]:
        from desktopapp.exchange.workbook import main
    elif sys.argv[1:2] == ["--read-form"]:
        from desktopapp.exchange.returned import main
    else:
        main = load()
    return main()


def load():
    """Import the program in the way that brings the first window soonest; gives its `main`."""
    gc.disable()  # what is made until that window is seen stays: looking through it all again and again finds nothing
    for name in CORE:
        importlib.import_module(name)  # before Qt, which reads the source of every module imported after it
    from ui.main import main

    return main


if __name__ == "__main__":
    sys.exit(start())
