"""Print every measurement: `python -m bench`."""

from bench import cases, deadlines, runtime

deadlines.main()
runtime.main()
cases.main()
