"""`python -m desktopapp` is the command without a window."""

import sys

from desktopapp.cli import main

sys.exit(main())
