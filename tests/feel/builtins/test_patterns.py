"""Regular expressions of XPath, run by RE2."""

import pytest

from tests.feel.office import said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('matches("foobar", "^fo*b")', "true"),
        ('matches("张三", "^\\w+$")', "true"),
        ('matches("１２", "^\\d+$")', "true"),
        ('matches("a\nb", "a.b")', "false"),
        ('matches("a\nb", "a.b", "s")', "true"),
        ('matches("AB", "ab", "i")', "true"),
        ('matches("a\nb", "^b$", "m")', "true"),
        ('matches("helloworld", "hello world", "x")', "true"),
        ('matches("hello world", "hello[ ]world", "x")', "true"),
        ('matches("a.b", "a.b", "q")', "true"),
        ('matches("axb", "a.b", "q")', "false"),
        ('matches("e", "[a-z-[aeiou]]")', "false"),
        ('matches("f", "[a-z-[aeiou]]")', "true"),
        ('matches("b", "[^a-c-[x]]")', "false"),
        ('matches("x", "[^a-c-[x]]")', "false"),
        ('matches("_1-a", "^\\i\\c*$")', "true"),
        ('matches("1a", "^\\i")', "false"),
        ('matches("中", "\\p{IsCJKUnifiedIdeographs}")', "true"),
        ('matches("a", "\\P{IsBasicLatin}")', "false"),
        ('matches("A", "\\p{Lu}")', "true"),
        ('matches("-", "[a\\-z]")', "true"),
        ('matches("-", "[a-]")', "true"),
        ('matches("abab", "(ab)\\1")', "true"),
        ('matches("aA", "(a)\\1", "i")', "true"),
        ('matches("aa", "(a|b)\\1")', "null"),
        ('matches("a", "(?=a)")', "null"),
        ('matches("a", "[z-a]")', "null"),
        ('matches("a", "a", "g")', "null"),
        ('matches(null, "a")', "null"),
        ('matches("a", "[[:alpha:]]")', "null"),
        ('matches("a", "\\b")', "null"),
        ('matches("]", "[]]")', "null"),
        ('replace("abcd", "(ab)|(a)", "[1=$1][2=$2]")', "[1=ab][2=]cd"),
        ('replace("a1b2", "\\d", "")', "ab"),
        ('replace("abc", "b", "\\$")', "a$c"),
        ('replace("abc", "b", "$")', "null"),
        ('replace("abc", "x*", "-")', "null"),
        ('replace("a.b", ".", "$1", "q")', "a$1b"),
        ('replace("abc", "(b)", "$12")', "ab2c"),
        ('replace("abc", "(b)", "$0$0")', "abbc"),
    ],
)
def test_a_pattern_has_its_value(text: str, expected: str) -> None:
    assert said(text) == expected
