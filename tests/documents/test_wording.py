"""Text as it may stand on paper."""

import pytest

from engine.documents.wording import cleaned, closed, inline, paragraphs, quoted


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("反\u202e转\u2066\u200f的字", "反转的字"),  # bidirectional marks
        ("字\x00\x07\ud800\ue000", "字"),  # control characters, half a pair, private use
        ("一\r\n二\r三", "一\n二\n三"),
        ("e" + "\u0301" * 40, "e" + "\u0301" * 3),  # accents piled up
        ("葛\U000e0100", "葛\U000e0100"),  # the chosen form of a character in a name
    ],
)
def test_what_cannot_be_seen_is_taken_out(typed: str, printed: str):
    assert cleaned({"a": [typed]}) == {"a": [printed]}


def test_blank_lines_are_left_out_and_the_last_line_is_closed():
    assert paragraphs("\n 第一条\n\n第二条 \n") == ["第一条", "第二条。"]
    assert paragraphs(" \n") == []


@pytest.mark.parametrize("sentence", ["办好了。", "办好了？", "他说“办好了。”", "（办好了。）", "", "如下："])
def test_a_closed_sentence_stays_as_it_is(sentence: str):
    assert closed(sentence) == sentence


def test_a_name_within_a_sentence_loses_its_stop_and_its_line_breaks():
    assert inline("云川市\n中级人民法院。 ") == "云川市 中级人民法院"


def test_a_title_is_quoted_once():
    assert quoted("窗口称“不办”") == "“窗口称‘不办’”"
