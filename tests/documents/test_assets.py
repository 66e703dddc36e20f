"""The fetcher gives out the files of its room by name, and nothing else."""

import pytest

from engine.documents.assets import BundledOnly
from engine.documents.letters import print_page
from engine.domain.errors import Refused


def test_the_bundled_style_sheet_is_given_out_by_name():
    answer = BundledOnly().fetch("bundled:letter.css")

    assert b"@page" in answer.read()


@pytest.mark.parametrize(
    "address",
    [
        "http://203.0.113.9/x.png",
        "https://example.invalid/x.css",
        "file:///etc/passwd",
        "data:text/css,*{color:red}",
        "ftp://example.invalid/x",
        "bundled:../letters.py",  # not a name, a way out
        "bundled:letter.html",  # a template is no style sheet
        "BUNDLED:letter.css",
        "",
    ],
)
def test_every_other_address_is_refused(address: str):
    fetcher = BundledOnly()

    with pytest.raises(Refused):
        fetcher.fetch(address)

    assert fetcher.refused == [address]


def test_a_page_that_asks_for_a_picture_and_a_file_is_printed_without_them():
    page = '<html lang="zh-CN"><title>字</title><p>字</p><img alt="" src="http://203.0.113.9/x.png">'
    page += '<link rel="stylesheet" href="file:///etc/passwd">'

    pdf = print_page(page)

    assert pdf.startswith(b"%PDF-1.7")
    assert b"203.0.113.9" not in pdf
