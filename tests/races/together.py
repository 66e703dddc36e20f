"""Several calls at the same moment, each in a thread of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier


def together(*calls: Callable[[], object]) -> list[object]:
    """Let the calls begin at once; return what each returned, or the error it raised, in order."""
    gate = Barrier(len(calls))

    def passing(call: Callable[[], object]) -> object:
        gate.wait()
        try:
            return call()
        except Exception as error:  # the error is the result
            return error

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(passing, calls))
