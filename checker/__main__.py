"""`python3 checker election.json answer.json`."""

import sys

from check import main

sys.exit(main(sys.argv[1:]))
