"""Print every measurement: `python -m bench`."""

from bench import deadlines

deadlines.main()
