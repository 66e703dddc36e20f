"""A year's notice counts once a second person has confirmed it, and then every open date is counted by it."""

import pytest

from engine.commands.confirm_calendar import ConfirmCalendar
from engine.commands.preview_calendar import Preview, PreviewCalendar
from engine.commands.propose_calendar import ProposeCalendar
from engine.domain.errors import Conflict, Refused
from engine.readmodels import dossier
from engine.timers.recounting import recount_all
from engine.timers.self_checking import self_check
from tests.conftest import House
from tests.stories import at, colleague, registered

OF_2027 = """国务院办公厅关于2027年部分节假日安排的通知
国办发明电〔2026〕9号
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至12日（周五）放假调休，共8天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月3日（周六）至5日（周一）放假，共3天。
四、劳动节：5月1日（周六）至5日（周三）放假调休，共5天。5月8日（周六）上班。
五、端午节：6月9日（周三）放假，共1天。
六、中秋节：9月15日（周三）放假，共1天。
七、国庆节：10月1日（周五）至7日（周四）放假调休，共7天。9月26日（周日）、10月9日（周六）上班。
"""


@pytest.fixture
def proposal(house: House) -> int:
    """A proposal of the notice of 2027; a case is open whose limit reaches into the Spring Festival of that year."""
    house.clock.at = at("2027-01-28T10:00")
    return int(str(house.do(ProposeCalendar(text=OF_2027), "admin")))


def second(house: House) -> str:
    person = colleague(house, "admin", "李明")
    house.people["second"] = person
    return "second"


def due(house: House, case_id: str) -> tuple[str, bool]:
    with house.sessions() as session:
        clock = next(clock for clock in dossier.clocks_of(session, case_id) if clock.key == "feedback_limit")
    return str(clock.due_date), clock.provisional


def test_whoever_proposed_it_cannot_confirm_it(house: House, proposal: int):
    with pytest.raises(Refused):
        house.do(ConfirmCalendar(proposal_id=proposal), "admin")


@pytest.mark.usefixtures("proposal")
def test_nothing_counts_before_it_is_confirmed(house: House):
    assert due(house, registered(house)) == ("2027-02-02", True)


def test_the_preview_names_each_case_whose_date_moves(house: House, proposal: int):
    registered(house)

    preview = house.do(PreviewCalendar(proposal_id=proposal), "admin")

    assert isinstance(preview, Preview)
    assert (preview.moving, {(str(m.before), str(m.after), m.final) for m in preview.shown}) == (
        preview.counted,
        {("2027-02-02", "2027-02-01", True)},
    )


def test_once_confirmed_dates_become_final_and_the_house_is_sound(house: House, proposal: int):
    case_id = registered(house)

    house.do(ConfirmCalendar(proposal_id=proposal), second(house))
    recount_all(house.bus, house.sessions)

    assert due(house, case_id) == ("2027-02-01", False)
    assert self_check(house.bus, house.sessions, "by_hand").findings == ()


def test_the_applicant_is_told_of_the_new_date_once(house: House, proposal: int):
    case_id = registered(house)
    house.do(ConfirmCalendar(proposal_id=proposal), second(house))

    recount_all(house.bus, house.sessions)
    recount_all(house.bus, house.sessions)

    with house.sessions() as session:
        told = [e.data["template"] for e in dossier.events_of(session, case_id) if e.type == "applicant.told"]
    assert told.count("deadline_moved") == 1


def test_a_decided_proposal_stays_decided(house: House, proposal: int):
    house.do(ConfirmCalendar(proposal_id=proposal, confirmed=False), "admin")

    with pytest.raises(Conflict):
        house.do(ConfirmCalendar(proposal_id=proposal), second(house))
