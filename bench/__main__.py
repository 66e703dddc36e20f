"""Print every measurement: `python -m bench`."""

from bench import deadlines, feel, letters

deadlines.main()
feel.compare_with_python()
feel.measure_attacks()
letters.main()
