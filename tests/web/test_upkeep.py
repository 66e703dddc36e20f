"""The administrator's pages: the working calendar with a notice taken in, and the self-check."""

from flask import Flask

from tests.commands.test_confirm_calendar import OF_2027
from tests.web.conftest import token_of
from tests.web.window import browser_of


def test_a_notice_is_checked_proposed_and_previewed(fresh: Flask):
    client = browser_of(fresh, "admin")
    form = {"csrf_token": token_of(client, "/account"), "text": OF_2027}

    page = client.post("/calendar/proposals", data=form, follow_redirects=True).get_data(as_text=True)
    calendar = client.get("/calendar?year=2027").get_data(as_text=True)

    assert "国办发明电〔2026〕9号" in page
    assert "待第二人确认" in calendar


def test_a_wrong_weekday_is_named_and_the_text_kept(fresh: Flask):
    client = browser_of(fresh, "admin")
    form = {"csrf_token": token_of(client, "/account"), "text": OF_2027.replace("1月31日（周日）", "1月31日（周六）")}

    answer = client.post("/calendar/proposals", data=form)

    assert answer.status_code == 422
    assert "2027-01-31原文写作周六，实际是周日。" in answer.get_data(as_text=True)


def test_a_sound_house_is_told_so(fresh: Flask):
    client = browser_of(fresh, "admin")
    form = {"csrf_token": token_of(client, "/account")}

    page = client.post("/self-check", data=form, follow_redirects=True).get_data(as_text=True)

    assert "一切正常" in page
