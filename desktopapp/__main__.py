"""`python -m desktopapp` is the command without a window."""

import sys

if sys.argv[1:2] == ["--read-workbook"]:  # the packed program, started by itself to read a stranger's file
    from desktopapp.exchange.workbook import main
elif sys.argv[1:2] == ["--read-form"]:
    from desktopapp.exchange.returned import main
elif sys.argv[1:2] == ["--read-scan"]:
    from desktopapp.exchange.scanned import main
else:
    from desktopapp.cli import main

sys.exit(main())
