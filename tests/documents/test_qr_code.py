"""The QR code of the citizen's page."""

import re

import pytest
import segno

from engine.documents.letters import render_html
from engine.documents.qr_code import draw_qr_code
from tests.documents.samples import sample


def test_the_code_drawn_is_the_one_of_the_address_with_its_quiet_zone():
    address = "https://banjie.example/q/7K3MQ9TD2WZ4"

    drawn = draw_qr_code(address)

    modules = len(segno.make(address, error="q", micro=False).matrix)
    assert f'viewBox="0 0 {modules + 8} {modules + 8}"' in drawn
    assert address not in drawn


def test_another_address_gives_another_code():
    assert draw_qr_code("https://banjie.example/q/1") != draw_qr_code("https://banjie.example/q/2")


def test_a_public_letter_carries_one_code_and_loads_no_picture():
    html = render_html(sample("receipt"))

    assert len(re.findall("<svg", html)) == 1
    assert "<img" not in html


def test_more_text_than_fits_is_an_error():
    with pytest.raises(ValueError, match="too large"):
        draw_qr_code("x" * 5000)
