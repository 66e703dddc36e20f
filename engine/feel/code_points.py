"""Sets of code points as sorted ranges, and those that XML Schema's regular expressions name."""

from collections.abc import Iterable

Ranges = tuple[tuple[int, int], ...]
LAST = 0x10FFFF
_SURROGATES = (0xD800, 0xDFFF)  # no characters; RE2 refuses them

NAME_START: Ranges = (
    (0x3A, 0x3A), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x2FF),
    (0x370, 0x37D), (0x37F, 0x1FFF), (0x200C, 0x200D), (0x2070, 0x218F), (0x2C00, 0x2FEF), (0x3001, 0xD7FF),
    (0xF900, 0xFDCF), (0xFDF0, 0xFFFD), (0x10000, 0xEFFFF),
)  # fmt: skip
NAME_PART: Ranges = (*NAME_START, (0x2D, 0x2E), (0x30, 0x39), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040))
SPACES: Ranges = ((0x9, 0xA), (0xD, 0xD), (0x20, 0x20))
BLOCKS: dict[str, Ranges] = {
    "BasicLatin": ((0x0, 0x7F),),
    "Latin-1Supplement": ((0x80, 0xFF),),
    "LatinExtended-A": ((0x100, 0x17F),),
    "LatinExtended-B": ((0x180, 0x24F),),
    "IPAExtensions": ((0x250, 0x2AF),),
    "CombiningDiacriticalMarks": ((0x300, 0x36F),),
    "Greek": ((0x370, 0x3FF),),
    "GreekandCoptic": ((0x370, 0x3FF),),
    "Cyrillic": ((0x400, 0x4FF),),
    "Armenian": ((0x530, 0x58F),),
    "Hebrew": ((0x590, 0x5FF),),
    "Arabic": ((0x600, 0x6FF),),
    "Devanagari": ((0x900, 0x97F),),
    "Thai": ((0xE00, 0xE7F),),
    "GeneralPunctuation": ((0x2000, 0x206F),),
    "CurrencySymbols": ((0x20A0, 0x20CF),),
    "NumberForms": ((0x2150, 0x218F),),
    "Arrows": ((0x2190, 0x21FF),),
    "MathematicalOperators": ((0x2200, 0x22FF),),
    "BoxDrawing": ((0x2500, 0x257F),),
    "CJKSymbolsandPunctuation": ((0x3000, 0x303F),),
    "Hiragana": ((0x3040, 0x309F),),
    "Katakana": ((0x30A0, 0x30FF),),
    "Bopomofo": ((0x3100, 0x312F),),
    "HangulSyllables": ((0xAC00, 0xD7A3),),
    "CJKUnifiedIdeographsExtensionA": ((0x3400, 0x4DB5),),
    "CJKUnifiedIdeographs": ((0x4E00, 0x9FFF),),
    "CJKCompatibilityIdeographs": ((0xF900, 0xFAFF),),
    "CJKUnifiedIdeographsExtensionB": ((0x20000, 0x2A6DF),),
    "HalfwidthandFullwidthForms": ((0xFF00, 0xFFEF),),
}


def merged(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Return ranges sorted, those that touch as one."""
    kept: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if kept and low <= kept[-1][1] + 1:
            kept[-1] = (kept[-1][0], max(kept[-1][1], high))
        else:
            kept.append((low, high))
    return tuple(kept)


def complement(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """Return every character that is not in the ranges."""
    kept: list[tuple[int, int]] = []
    start = 0
    for low, high in merged((*ranges, _SURROGATES)):
        if start < low:
            kept.append((start, low - 1))
        start = high + 1
    if start <= LAST:
        kept.append((start, LAST))
    return tuple(kept)


def without(ranges: Iterable[tuple[int, int]], taken: Iterable[tuple[int, int]]) -> Ranges:
    """Return the ranges less those that are taken out."""
    return complement((*complement(ranges), *taken))


def written(ranges: Iterable[tuple[int, int]]) -> str:
    """Return ranges as they stand inside a class of RE2."""
    return "".join(f"\\x{{{low:x}}}" if low == high else f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in ranges)
