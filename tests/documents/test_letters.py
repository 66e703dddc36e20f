"""Letters as PDF: what stands on them, and what can do them no harm."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from engine.documents.letters import KINDS, render_html, render_pdf
from engine.domain.errors import Invalid, NotFound
from tests.documents.samples import HOSTILE, LONG, TITLES, sample

PUBLIC = [kind for kind in KINDS if kind != "team_submission"]


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page, without the white space that lines and justification bring in."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def text_of(kind: str, **changes: object) -> str:
    return "".join(pages_of(render_pdf(sample(kind, **changes))))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_states_office_title_number_case_and_date(kind: str):
    letter = sample(kind)

    text = text_of(kind)

    day = TITLES[kind][2]
    for stated in (
        "云川市政务服务中心",
        letter.title,
        letter.number,
        "BCS-20261123-0001",
        f"2026年11月{day}日",
        "李静",
    ):
        assert stated in text


@pytest.mark.parametrize("kind", PUBLIC)
def test_every_public_letter_names_the_applicant_and_the_query_code_on_its_first_page(kind: str):
    first = pages_of(render_pdf(sample(kind)))[0]

    assert "林先生：" in first
    assert "查询码：7K3MQ9TD2WZ4" in first
    assert "首问责任人：李静（0000-12345601）" in first


def test_the_internal_sheet_carries_no_query_code():
    assert "7K3MQ9TD2WZ4" not in text_of("team_submission")


@pytest.mark.parametrize(
    ("kind", "stated"),
    [
        ("receipt", "自登记的次日起3个工作日内，即最迟于2026年11月26日（星期四），向您反馈"),
        ("receipt", "登记时间2026年11月23日10时00分"),
        ("not_accepted", "该事项属于“已进入诉讼、仲裁、纪检监察、复议或信息公开程序”的情形，决定不予受理"),
        ("team_submission", "请在5个工作日内（最迟于2026年12月3日）研究处理。"),
        # 24:00 of 3 December is stored as 16:00 UTC, the first instant of the 4th in Shanghai
        ("extension", "不能在原定的5个工作日内（至2026年12月3日止）办结"),
        ("extension", "经协调专班组长何军批准，办理时限延长10个工作日"),
        ("extension", "至2026年12月17日（星期四）止"),
        ("completion", "已经办结。现将办理结果告知如下："),
        ("refusal", "经协调专班研究，依法不能办理"),
        ("refusal", "六十日内向云川市人民政府申请行政复议"),
        ("transfer", "现已转送云川市中级人民法院执行局。"),
    ],
)
def test_a_letter_says_what_its_kind_is_for(kind: str, stated: str):
    assert stated in text_of(kind)


def test_a_partial_completion_lists_the_steps_that_follow():
    text = text_of("completion", partial=True, steps=[{"step": "解除第三家法院的冻结", "by": "2026-12-31"}])

    assert "部分事项已经办结" in text
    assert "1解除第三家法院的冻结2026年12月31日" in text


def test_a_case_that_lapsed_says_so_in_place_of_a_proposal():
    text = text_of("team_submission", lapsed=True)

    assert "协调时限届满，没有向反映人反馈的记录" in text
    assert "分歧点" not in text


def test_an_organisation_is_addressed_as_one_and_an_anonymous_person_without_a_name():
    assert "贵单位于2026年11月23日反映的" in text_of("refusal", to_organisation=True)
    assert "反映人：" in text_of("refusal", applicant="匿名")


def test_a_provisional_date_is_said_to_be_one():
    assert "国家公布正式安排后日期有变化的，我们将另行告知" in text_of("receipt", provisional=True)


def test_quotation_marks_inside_a_title_become_single_ones():
    assert "“窗口称‘一直这么办’”" in text_of("completion", title="窗口称“一直这么办”")


def test_the_signature_never_stands_alone_on_a_page():
    pages = pages_of(render_pdf(sample("refusal", remedy=LONG[:420])))

    assert len(pages) > 1
    assert pages[-1].index("（印章）") > len("此事反映多次，一直没有答复")


def test_the_usual_receipt_goes_on_one_page():
    assert len(pages_of(render_pdf(sample("receipt")))) == 1


def test_pages_after_the_first_are_numbered():
    pages = pages_of(render_pdf(sample("extension")))

    assert "—1—" not in pages[0]
    assert "—2—" in pages[1]


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_letter_gives_the_same_bytes(kind: str):
    assert render_pdf(sample(kind)) == render_pdf(sample(kind))


def test_letters_are_tagged_and_meant_for_the_archive():
    catalog = PdfReader(BytesIO(render_pdf(sample("receipt")))).root_object

    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "zh-CN"
    metadata = catalog["/Metadata"].get_data().decode()
    assert re.search(r'pdfaid:part="3"|<pdfaid:part>3', metadata)
    assert re.search(r'pdfaid:conformance="B"|<pdfaid:conformance>B', metadata)


def test_only_fonts_of_the_stacks_are_embedded():
    reader = PdfReader(BytesIO(render_pdf(sample("receipt"))))
    names = {str(font.get_object()["/BaseFont"]) for font in reader.pages[0]["/Resources"]["/Font"].values()}

    assert names
    assert all("CJK" in name for name in names)


@pytest.mark.parametrize("kind", KINDS)
def test_markup_in_every_fact_is_printed_and_never_obeyed(kind: str):
    texts = {name: HOSTILE for name, value in sample(kind).facts.items() if value in free_texts(kind)}

    text = text_of(kind, **texts)

    assert '<imgsrc="http://203.0.113.9/x.png">' in text
    assert "{{7*7}}" in text
    assert "反转的字" in text


def free_texts(kind: str) -> list[object]:
    """Return the facts of a kind that people type freely."""
    names = ("title", "matter", "content", "reason", "remedy", "plan", "result", "conclusionText", "legalBasis")
    return [sample(kind).facts[name] for name in names if name in sample(kind).facts]


def test_five_thousand_characters_are_all_printed():
    text = text_of("receipt", content=LONG)

    assert text.count("望核实办理。") == 250


def test_an_address_without_a_break_stays_within_the_margins():
    pdf = render_pdf(sample("completion", result="https://example.invalid/" + "a" * 4976))

    assert "".join(pages_of(pdf)).count("a") >= 4976


def test_a_long_office_name_and_a_long_coordinator_leave_the_first_page_readable():
    first = pages_of(
        render_pdf(
            sample("receipt", centre="云川市青禾区望溪镇行政审批和政务服务便民中心综合窗口", coordinator="欧阳" * 20)
        )
    )[0]

    assert "望溪镇行政审批和政务服务便民中心综合窗口" in first
    assert "查询码：7K3MQ9TD2WZ4" in first


def test_a_character_that_no_font_has_is_printed_as_a_box_and_named_in_the_log(caplog: pytest.LogCaptureFixture):
    text = text_of("receipt", applicant="林\U00016b00")  # a letter of Pahawh Hmong

    assert "林□：" in text
    assert "no font on this machine has U+16B00" in caplog.text


def test_an_unknown_kind_is_not_found():
    letter = sample("receipt")

    with pytest.raises(NotFound):
        render_html(type(letter)("poem", letter.title, letter.number, letter.issued_at, letter.facts))


@pytest.mark.parametrize(
    ("kind", "change", "named"),
    [
        ("receipt", {"due_date": None}, ("wrong", "due_date")),
        ("receipt", {"limit": "3"}, ("wrong", "limit")),
        ("receipt", {"limit": True}, ("wrong", "limit")),
        ("completion", {"steps": [{"step": "x"}]}, ("wrong", "steps")),
        ("receipt", {"applicant": "\u200b "}, ("blank", "applicant")),  # nothing that can be seen
        ("refusal", {"remedy": ""}, ("blank", "remedy")),  # void without it
    ],
)
def test_a_fact_that_does_not_fit_is_named(kind: str, change: dict[str, object], named: tuple[str, str]):
    with pytest.raises(Invalid) as caught:
        render_html(sample(kind, **change))

    assert caught.value.facts[named[0]] == [named[1]]


def test_a_missing_fact_is_named():
    letter = sample("extension")
    facts = {name: value for name, value in letter.facts.items() if name != "approved_by"}

    with pytest.raises(Invalid) as caught:
        render_html(type(letter)(letter.kind, letter.title, letter.number, letter.issued_at, facts))

    assert caught.value.facts["missing"] == ["approved_by"]
