"""
Fonts: which ones a paper asks for, and whether this machine can set Chinese at all.

GB/T 9704-2012 asks for 仿宋 (body), 小标宋 (title), 黑体 and 楷体 (headings). None of the first two is free, so the
stacks name the usual licensed fonts first and fall back to Noto; an installation may name others.
"""

import re
from ctypes import CDLL, POINTER, c_int, c_void_p, cast
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from markupsafe import Markup
from weasyprint.text.ffi import harfbuzz_subset

from engine.domain.errors import FontsMissing, Invalid

FAMILY = re.compile(r"[\w .+-]{1,60}")  # \w: letters of any script, so 仿宋_GB2312 too

NO_CHINESE_FONT = "no_chinese_font"
SLOW_SUBSETTING = "slow_subsetting"
PACKAGES = {NO_CHINESE_FONT: "fonts-noto-cjk", SLOW_SUBSETTING: "libharfbuzz-subset0"}  # {code: Debian package}

FONTCONFIG = "libfontconfig.so.1"  # is there wherever Pango is


@dataclass(frozen=True)
class FontStacks:
    """Font families in order of preference. Raises Invalid for a name that is none."""

    body: tuple[str, ...] = ("FangSong_GB2312", "仿宋_GB2312", "方正仿宋_GBK", "FangSong", "Noto Serif CJK SC")
    title: tuple[str, ...] = ("方正小标宋简体", "方正小标宋_GBK", "Noto Serif CJK SC")
    heading: tuple[str, ...] = ("SimHei", "方正黑体_GBK", "Noto Sans CJK SC")

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
            lines += f"--{field.name}: {names}, serif; "
        return Markup("html {" + lines + "}")  # noqa: S704  # names are checked above, the rest is ours


def check_fonts() -> list[str]:
    """
    Return what is wrong with this machine's fonts, as codes; empty when letters come out right and fast.

    `no_chinese_font`: no letter can be made. `slow_subsetting`: without HarfBuzz's subsetter a letter takes seconds
    instead of a fraction. `PACKAGES` names what to install.
    """
    problems: list[str] = []
    if not sets_chinese():
        problems.append(NO_CHINESE_FONT)
    if harfbuzz_subset is None:
        problems.append(SLOW_SUBSETTING)
    return problems


@cache
def require_chinese_font() -> None:
    """
    Return if a font of this machine sets Chinese; asks once, unless there is none. Raises FontsMissing.

    To be called before a page is set: without any font Pango brings down the whole process, without a Chinese one the
    letter would consist of boxes.
    """
    if not sets_chinese():
        raise FontsMissing(install=PACKAGES[NO_CHINESE_FONT])


def sets_chinese() -> bool:
    """Return whether an installed font claims to set simplified Chinese, as fontconfig has it now."""
    calls = CDLL(FONTCONFIG)
    for function in (calls.FcInitLoadConfigAndFonts, calls.FcNameParse, calls.FcObjectSetCreate, calls.FcFontList):
        function.restype = c_void_p
    config = c_void_p(calls.FcInitLoadConfigAndFonts())
    pattern = c_void_p(calls.FcNameParse(b":lang=zh-cn"))
    properties = c_void_p(calls.FcObjectSetCreate())
    found = c_void_p(calls.FcFontList(config, pattern, properties))
    count = cast(found, POINTER(c_int)).contents.value  # nfont is the first field of an FcFontSet
    calls.FcFontSetDestroy(found)
    calls.FcObjectSetDestroy(properties)
    calls.FcPatternDestroy(pattern)
    calls.FcConfigDestroy(config)
    return count > 0


def missing_characters(document: Any) -> str:
    """Return the characters that no font of this machine has, in order; `document` is one that was written."""
    return "".join(sorted({chr(point) for font in document.fonts.values() for point in font.missing}))
