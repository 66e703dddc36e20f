"""
Print the median time of setting one letter of each kind: `python -m bench.letters [times]`.

`cpu ms` is what the letter costs; `wall ms` is what a reader waits, which on a busy machine is more.
"""

import sys
from statistics import median
from time import perf_counter, process_time

from engine.documents.letters import KINDS, render_pdf
from tests.documents.samples import sample

USUAL_TIMES = 9


def main() -> None:
    """Set each kind some times, the first one not counted, and print the medians in milliseconds."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL_TIMES
    render_pdf(sample("receipt"))
    rows = [f"{'kind':<18}{'cpu ms':>8}{'wall ms':>9}{'kB':>6}"]
    for kind in KINDS:
        cpu, wall, size = zip(*(_measured(kind) for _ in range(times)), strict=True)
        rows.append(f"{kind:<18}{median(cpu):>8.0f}{median(wall):>9.0f}{size[0] / 1000:>6.0f}")
    sys.stdout.write("\n".join(rows) + "\n")


def _measured(kind: str) -> tuple[float, float, int]:
    """Return the processor's and the wall's milliseconds that setting a letter took, and its size in bytes."""
    cpu, wall = process_time(), perf_counter()
    pdf = render_pdf(sample(kind))
    return (process_time() - cpu) * 1000, (perf_counter() - wall) * 1000, len(pdf)


if __name__ == "__main__":
    main()
