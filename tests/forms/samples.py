"""Well-filled forms as a browser sends them, and the small forms that single rules are tried on."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from forms.definition import Form, parse_form
from forms.loading import read_definition

ROOT = Path(__file__).resolve().parents[2] / "forms"
PATHS = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("*/*.json"))
TODAY = date(2026, 11, 24)
UNITS = {"u-market": "市场监督管理局", "u-housing": "住房和城乡建设局"}
CHOICES = {"units": UNITS}

REGISTER: dict[str, Any] = {
    "title": "股权因多家法院查封无法变更",
    "urgency": "urgent",
    "content": "7月13日持生效文书到窗口申请股权变更，窗口答复股权被三家法院冻结，让先找法院，至今跑了四趟。",
    "channel": "window",
    "entry": "window",
    "region": "qinghe",
    "applicantType": "person",
    "applicantName": "林先生",
    "phone": "13900005678",
    "idNo": "350400199001011231",
    "smsConsent": "true",
    "matterName": "有限责任公司股权变更登记",
    "depts": ["u-market"],
    "firstApplyDate": "20260713",
    "visitCount": "4",
    "failType": ["twice", "grey"],
    "windowReply": "先找法院，解封了再来。",
    "writtenBasis": "false",
    "judicialLink": "true",
    "courtDoc": "云川市青禾区人民法院（2026）云0102执111号",
    "expectation": "把股权变更到本人名下。",
}
TEAM: dict[str, Any] = {
    "coordinated": "11月24日联系市场监管窗口和三家法院执行局。",
    "disagreement": "冻结期间能否变更。",
    "basis": "规定不明",
    "proposal": "请专班上门对接法院。",
}
FEEDBACK: dict[str, Any] = {"feedbackText": "已联系三家法院，正在等待答复。", "how": "phone", "outcome": "team", **TEAM}

FILLED: dict[str, dict[str, Any]] = {
    "window_escalation/register.json": REGISTER,
    "window_escalation/triage.json": {"decision": "coordinate", "opinion": "涉及司法协助。"},
    "window_escalation/solve_now.json": {"result": "当场补录后办成。", "told": "true"},
    "window_escalation/dept_opinion.json": {"attitude": "can", "opinion": "补一份裁定即可。", "finishBy": "2026-11-25"},
    "window_escalation/feedback.json": {"kind": "progress", **FEEDBACK},
    "window_escalation/continue_coordination.json": FEEDBACK,
    "window_escalation/team_research.json": {
        "visits": [{"date": "20261123", "body": "青禾区人民法院", "person": "王法官", "result": "同意解封"}],
        "research": "三家法院均已同意配合解封。",
        "outcome": "extend",
        "extensionReason": "等待第三家法院出具裁定。",
        "plan": "12月1日前取得裁定，12月3日前变更。",
    },
    "window_escalation/approve_extension.json": {"decision": "approve", "opinion": "同意。"},
    "window_escalation/team_conclusion.json": {
        "meetingDate": "2026-11-24",
        "attendees": "市场监管、法院",
        "minutes": "各方同意先解封后变更。",
        "conclusion": "partial",
        "conclusionText": "先办理已解封部分的变更。",
        "steps": [{"step": "变更其余股权", "unit": "市场监管", "by": "2026-12-03"}],
    },
    "window_escalation/tell_citizen.json": {
        "how": "phone",
        "toldOn": "2026-11-24",
        "content": "已告知办结。",
        "reached": "true",
    },
    "window_escalation/rate.json": {"score": "2", "solved": "false", "reasons": ["slow"], "comment": "太慢"},
    "flag_review/statement.json": {
        "position": "dispute",
        "exemption": "external",
        "statement": "一直在等法院出具裁定书。",
    },
    "flag_review/decision.json": {"decision": "revoke", "reason": "属于等待外部机关办理。"},
}


@cache
def shipped(path: str) -> Form:
    """Return one of our forms by its path in the folder of forms."""
    place = ROOT / path
    return parse_form(read_definition(place.read_text(encoding="utf-8"), place.stem), path)


def form_of(*fields: dict[str, Any], rules: list[dict[str, Any]] | None = None) -> Form:
    """Return a form of one section with these fields."""
    named = [{"label": "标签", **field} for field in fields]
    sections = [{"title": "一节", "fields": named}]
    return parse_form(
        {"key": "small", "version": 1, "title": "小表", "sections": sections, "rules": rules or []}, "small"
    )
