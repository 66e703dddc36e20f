"""What is said where letters cannot come out right for want of fonts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.documents import fonts
from engine.documents.fonts import NO_CHINESE_FONT, PACKAGES, SLOW_SUBSETTING, FontStacks, check_fonts
from engine.documents.letters import render_pdf
from engine.domain.errors import FontsMissing, Invalid
from tests.documents.samples import sample


@pytest.fixture
def without_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine as it comes: fontconfig is there, fonts are not."""
    settings = tmp_path / "fonts.conf"
    settings.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    fonts.require_chinese_font.cache_clear()
    yield
    fonts.require_chinese_font.cache_clear()


def test_this_machine_sets_chinese():
    assert check_fonts() == []


@pytest.mark.usefixtures("without_fonts")
def test_without_a_chinese_font_the_package_to_install_is_named():
    assert check_fonts() == [NO_CHINESE_FONT]
    assert PACKAGES[NO_CHINESE_FONT] == "fonts-noto-cjk"


@pytest.mark.usefixtures("without_fonts")
def test_without_a_chinese_font_no_letter_is_made():
    with pytest.raises(FontsMissing) as caught:
        render_pdf(sample("receipt"))

    assert caught.value.facts["install"] == "fonts-noto-cjk"


def test_a_slow_subsetter_is_pointed_out(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(fonts, "harfbuzz_subset", None)

    assert check_fonts() == [SLOW_SUBSETTING]


def test_a_house_may_name_its_own_fonts():
    style = FontStacks(body=("方正仿宋_GBK", "Noto Serif CJK SC")).style()

    assert '--body: "方正仿宋_GBK", "Noto Serif CJK SC", serif;' in style


@pytest.mark.parametrize("name", ['x"; } * { color: red', "a/b", "", "x" * 61])
def test_what_is_no_name_of_a_font_is_refused(name: str):
    with pytest.raises(Invalid) as caught:
        FontStacks(title=(name,))

    assert caught.value.facts["stack"] == "title"
