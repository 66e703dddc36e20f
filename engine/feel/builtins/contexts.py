"""Functions of contexts."""

from engine.feel.errors import Undefined
from engine.feel.run import Run
from engine.feel.signatures import builtin
from engine.feel.values import Value

_LONGEST_PATH = 20


@builtin("get value", "m: context, key: string")
def _get_value(run: Run, m: dict[str, Value], key: str) -> Value:
    return m.get(key)


@builtin("get entries", "m: context")
def _get_entries(run: Run, m: dict[str, Value]) -> Value:
    run.spend(len(m))
    return [{"key": key, "value": value} for key, value in m.items()]


@builtin("context", "entries: list")
def _context(run: Run, entries: list[Value]) -> Value:
    made: dict[str, Value] = {}
    for entry in entries:
        run.spend()
        if type(entry) is not dict or type(entry.get("key")) is not str or "value" not in entry:
            raise Undefined("bad_argument", function="context", reason="an entry is a context of key and value")
        if entry["key"] in made:
            raise Undefined("duplicate_key", name=entry["key"])
        made[entry["key"]] = entry["value"]
    return made


@builtin("context put", "context: context, key: string, value: any")
def _context_put(run: Run, context: dict[str, Value], key: str, value: Value) -> Value:
    run.spend(8 + (len(context) >> 3))
    return {**context, key: value}


@builtin("context put", "context: context, keys: list, value: any")
def _context_put_path(run: Run, context: dict[str, Value], keys: list[Value], value: Value) -> Value:
    if not 1 <= len(keys) <= _LONGEST_PATH or any(type(key) is not str for key in keys):
        raise Undefined("bad_argument", function="context put", reason="keys are strings, at least one")
    first, *rest = keys
    if not rest:
        return _context_put(run, context, first, value)
    inner = context.get(first)
    if type(inner) is not dict:
        raise Undefined("bad_argument", function="context put", reason="the path leads through what is no context")
    return _context_put(run, context, first, _context_put_path(run, inner, rest, value))


@builtin("context merge", "contexts: list")
def _context_merge(run: Run, contexts: list[Value]) -> Value:
    merged: dict[str, Value] = {}
    for context in contexts:
        if type(context) is not dict:
            raise Undefined("bad_argument", function="context merge", reason="only contexts can be merged")
        run.spend(1 + (len(context) >> 3))
        merged.update(context)
    return merged
