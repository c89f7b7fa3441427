"""The frozen window's first module; the command line's is izzitup_desktop.__main__."""

import sys

from izzitup_desktop.desktop.start.main import main

sys.exit(main())
