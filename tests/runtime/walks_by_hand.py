"""Many random walks: `python -m tests.runtime.walks_by_hand DIAGRAMS` prints how many, and each difference."""

import sys

import click

from tests.runtime.test_walks import DIAGRAMS, WALKS, walked


def main(diagrams: int) -> int:
    """Walk on diagrams that `make test` does not see; return how many differ."""
    differing = 0
    for seed in range(DIAGRAMS, DIAGRAMS + diagrams):
        differences = [(found, expected) for found, expected in walked(seed) if found != expected]
        if differences:
            differing += 1
            click.echo(f"{seed}: {differences[0]}")
    click.echo(f"{diagrams * WALKS} walks on {diagrams} diagrams, {differing} diagrams differ")
    return differing


if __name__ == "__main__":
    sys.exit(1 if main(int(sys.argv[1])) else 0)
