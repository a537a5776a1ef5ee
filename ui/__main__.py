"""`python -m ui` starts the program."""

import sys

from ui.main import main

if __name__ == "__main__":
    sys.exit(main())
