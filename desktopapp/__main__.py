"""`python -m desktopapp` is the command without a window."""

import sys

if sys.argv[1:2] == ["--read"]:  # the packed program, started by itself to read a stranger's file
    from desktopapp.exchange.child import main
else:
    from desktopapp.cli import main

sys.exit(main())
