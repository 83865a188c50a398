"""`python -m dawati`, where the program is not on the path."""

import sys

from dawati.cli import main

sys.exit(main())
