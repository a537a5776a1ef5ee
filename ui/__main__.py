"""`python -m ui` starts the program."""

import sys


def start() -> int:
    """Run the program, or what the packed program starts itself for: reading a stranger's file."""
    if sys.argv[1:2] == ["--read"]:
        from desktopapp.exchange.child import main
    else:
        from ui.front import main
    return main()


if __name__ == "__main__":
    sys.exit(start())
