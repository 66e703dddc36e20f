"""Print every measurement: `python -m bench`."""

from bench import cases, deadlines, feel, letters, runtime, timers

deadlines.main()
feel.compare_with_python()
feel.measure_attacks()
letters.main()
runtime.main()
cases.main()
timers.main()
