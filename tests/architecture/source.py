"""One Python file, counted: sizes, comments, docstrings, annotations, imports. Reads text; runs nothing."""

import ast
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ("app.py", "engine", "forms", "web")
SUPPRESSION = re.compile(r"type:\s*ignore|#\s*noqa|pyright:\s*ignore|pylint:\s*disable")
BRANCHES = (
    ast.If,
    ast.For,
    ast.While,
    ast.ExceptHandler,
    ast.IfExp,
    ast.comprehension,
    ast.BoolOp,
    ast.match_case,
)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Definition = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Function:
    """One function: its size and manners."""

    name: str
    lines: int  # first to last, less its docstring
    complexity: int  # cyclomatic
    params: int  # without self and cls
    annotated: int  # of the parameters and the return value
    public: bool
    documented: bool


@dataclass
class Source:
    """One file, counted. Rows are numbered from 1."""

    path: str  # from the root of the tree
    text: str
    filled: int = 0  # rows that are not blank
    comments: int = 0  # rows that carry a comment other than a suppression
    doc: int = 0  # filled rows inside docstrings
    documented: bool = False  # the module itself
    functions: list[Function] = field(default_factory=list)
    classes: list[tuple[str, int, bool, bool]] = field(default_factory=list)  # name, methods, public, documented
    imports: set[str] = field(default_factory=set)  # dotted names imported when it is loaded
    deferred: set[str] = field(default_factory=set)  # imported inside functions or under TYPE_CHECKING

    @property
    def lines(self) -> int:
        """Return the number of rows."""
        return self.text.count("\n")


def read(path: Path) -> Source:
    """Return the file, counted."""
    source = Source(path=path.relative_to(ROOT).as_posix(), text=path.read_text(encoding="utf-8"))
    filled = {number for number, row in enumerate(source.text.split("\n"), 1) if row.strip()}
    module = ast.parse(source.text)
    doc = set[int]()
    for node in ast.walk(module):
        if isinstance(node, (ast.Module, ast.ClassDef, *DEFINITIONS)):
            doc |= _docstring(node)
    source.filled, source.doc = len(filled), len(doc & filled)
    source.comments = len(_commented(source.text) & filled)
    source.documented = bool(_docstring(module))
    _Collector(source).visit(module)
    return source


def code() -> list[Source]:
    """Return the program's own files that hold anything."""
    return [source for source in map(read, _found(CODE)) if source.filled]


def tests() -> list[Source]:
    """Return the files under tests/ that hold anything."""
    return [source for source in map(read, _found(("tests",))) if source.filled]


def _found(places: tuple[str, ...]) -> Iterator[Path]:
    for place in places:
        path = ROOT / place
        yield from [path] if path.is_file() else sorted(p for p in path.rglob("*.py") if "node_modules" not in p.parts)


def _docstring(node: ast.AST) -> set[int]:
    """Return the rows of the node's docstring."""
    first = next(iter(getattr(node, "body", [])), None)
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return set(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return set()


def _commented(text: str) -> set[int]:
    tokens = tokenize.tokenize(BytesIO(text.encode()).readline)
    return {t.start[0] for t in tokens if t.type == tokenize.COMMENT and not SUPPRESSION.search(t.string)}


class _Collector(ast.NodeVisitor):
    """Fills a Source with its functions, classes and imports."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._hidden = False
        self._late = False

    def visit_FunctionDef(self, node: Definition) -> None:
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs, node.args.vararg, node.args.kwarg]
        named = [a for a in arguments if a and a.arg not in {"self", "cls"}]
        self._source.functions.append(
            Function(
                name=node.name,
                lines=(node.end_lineno or node.lineno) - node.lineno + 1 - len(_docstring(node)),
                complexity=1 + sum(isinstance(inner, BRANCHES) for inner in ast.walk(node)),
                params=len(named),
                annotated=sum(a.annotation is not None for a in named) + (node.returns is not None),
                public=not self._hidden and not node.name.startswith("_"),
                documented=bool(_docstring(node)),
            )
        )
        self._inside(node, hidden=True, late=True)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        methods = sum(isinstance(inner, DEFINITIONS) for inner in node.body)
        public = not self._hidden and not node.name.startswith("_")
        self._source.classes.append((node.name, methods, public, bool(_docstring(node))))
        self._inside(node, hidden=not public, late=self._late)

    def visit_If(self, node: ast.If) -> None:
        checking = "TYPE_CHECKING" in ast.dump(node.test)
        self._inside(node, hidden=self._hidden, late=self._late or checking)

    def visit_Import(self, node: ast.Import) -> None:
        self._imported({alias.name for alias in node.names})

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        self._imported({f"{node.module}.{alias.name}" for alias in node.names})

    def _imported(self, names: set[str]) -> None:
        (self._source.deferred if self._late else self._source.imports).update(names)

    def _inside(self, node: ast.AST, *, hidden: bool, late: bool) -> None:
        before = self._hidden, self._late
        self._hidden, self._late = hidden, late
        self.generic_visit(node)
        self._hidden, self._late = before
