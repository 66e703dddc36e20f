"""
Fonts: which ones a paper asks for, and whether this machine can set Chinese at all.

GB/T 9704-2012 asks for 仿宋 (body), 小标宋 (title), 黑体 and 楷体 (headings). None of the first two is free, so the
stacks name the usual licensed fonts first and fall back to Noto; an installation may name others.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass, fields

from markupsafe import Markup
from weasyprint.text.ffi import harfbuzz_subset

from engine.domain.errors import Invalid

FAMILY = re.compile(r"[\w .+-]{1,60}")  # \w: letters of any script, so 仿宋_GB2312 too
LONGEST_SEARCH = 10  # seconds

NO_FONT_LIST = "no_font_list"
NO_CHINESE_FONT = "no_chinese_font"
SLOW_SUBSETTING = "slow_subsetting"


@dataclass(frozen=True)
class FontStacks:
    """Font families in order of preference. Raises Invalid for a name that is none."""

    body: tuple[str, ...] = ("FangSong_GB2312", "仿宋_GB2312", "方正仿宋_GBK", "FangSong", "Noto Serif CJK SC")
    title: tuple[str, ...] = ("方正小标宋简体", "方正小标宋_GBK", "Noto Serif CJK SC")
    heading: tuple[str, ...] = ("SimHei", "方正黑体_GBK", "Noto Sans CJK SC")
    code: tuple[str, ...] = ("Noto Sans Mono CJK SC", "DejaVu Sans Mono")

    def __post_init__(self) -> None:
        """Refuse what could be more than a name: the stacks are written into a style sheet."""
        for field in fields(self):
            wrong = [name for name in getattr(self, field.name) if not FAMILY.fullmatch(name)]
            if wrong:
                raise Invalid(reason="font_family", stack=field.name, wrong=wrong)

    def style(self) -> Markup:
        """Return the stacks as custom properties for a style element, e.g. `--body: "FangSong", serif`."""
        lines = ""
        for field in fields(self):
            names = ", ".join(f'"{name}"' for name in getattr(self, field.name))
            lines += f"--{field.name}: {names}, {'monospace' if field.name == 'code' else 'serif'}; "
        return Markup("html {" + lines + "}")  # noqa: S704  # names are checked above, the rest is ours


def check_fonts() -> list[str]:
    """
    Return what is wrong with this machine's fonts, as codes; empty when letters come out right.

    `no_font_list`: fontconfig's fc-list is missing, so nothing can be said. `no_chinese_font`: Chinese would silently
    come out as boxes. `slow_subsetting`: without HarfBuzz's subsetter a letter takes seconds instead of a fraction.
    """
    problems: list[str] = []
    families = chinese_families()
    if families is None:
        problems.append(NO_FONT_LIST)
    elif not families:
        problems.append(NO_CHINESE_FONT)
    if harfbuzz_subset is None:
        problems.append(SLOW_SUBSETTING)
    return problems


def chinese_families() -> list[str] | None:
    """Return the families that claim to set Chinese, in order; None where fc-list cannot be asked."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        answer = subprocess.run(  # noqa: S603  # a fixed command without any input
            [program, ":lang=zh-cn", "family"], capture_output=True, text=True, timeout=LONGEST_SEARCH, check=True
        )
    except (subprocess.SubprocessError, OSError):
        return None
    return sorted({line.split(",")[0].strip() for line in answer.stdout.splitlines() if line.strip()})
