"""The built-in functions, by family. Importing this package registers them all."""

from engine.feel.builtins import (
    boolean,
    contexts,
    conversion,
    day_facts,
    lists,
    numeric,
    patterns,
    ranges,
    selection,
    sorting,
    statistics,
    strings,
    working_time,
)

FAMILIES = (
    boolean,
    contexts,
    conversion,
    day_facts,
    lists,
    numeric,
    patterns,
    ranges,
    selection,
    sorting,
    statistics,
    strings,
    working_time,
)
