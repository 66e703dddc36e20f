"""Letters of every kind about case 1 of the demonstration, as they would be issued."""

from datetime import UTC, datetime
from typing import Any

from engine.documents.letters import Letter

COMMON: dict[str, Any] = {
    "city": "云川市",
    "centre": "云川市政务服务中心",
    "case_number": "BCS-20261123-0001",
    "query_code": "7K3MQ9TD2WZ4",
    "query_url": "https://banjie.example/q/7K3MQ9TD2WZ4",
    "title": "股权因多家法院查封无法变更",
    "applicant": "林先生",
    "registered_at": "2026-11-23T02:00:00+00:00",
    "coordinator": "李静",
    "coordinator_phone": "0000-12345601",
}
MATTER = {
    "matter": "公司股权变更登记",
    "content": "7月13日持生效法律文书到窗口，申请把云川山水文旅有限公司的部分股权变更到本人名下。窗口答复，该股权"
    "被三家法院"
    "冻结，冻结期间不能变更，让本人先找法院。本人已经跑了四趟，至今没有办成。",
}
FACTS: dict[str, dict[str, Any]] = {
    "receipt": {**MATTER, "limit": 3, "due_date": "2026-11-26"},
    "not_accepted": {
        "kind": "已进入诉讼、仲裁、纪检监察、复议或信息公开程序",
        "reason": "您就同一事项于2026年10月12日向云川市中级人民法院提起的行政诉讼已经立案，目前尚在审理，窗口不能"
        "另行处理。",
        "remedy": "请按照诉讼程序向受理法院提出主张。判决生效后仍然办不成的，可以持判决书再到窗口反映。",
    },
    "team_submission": {
        **MATTER,
        "lapsed": False,
        "limit": 5,
        "due_date": "2026-12-03",
        "coordinated": "11月24日与市市场监督管理局登记注册窗口会商，11月25日电话联系三家法院执行局，两家表示可以"
        "在收到申请后解封。",
        "disagreement": "登记机关认为冻结未解除不得变更；申请人认为生效法律文书已经确认股权归属。",
        "basis": "《市场主体登记管理条例实施细则》关于股权冻结期间不予变更登记的规定。",
        "proposal": "由协调专班副组长上门对接三家法院，召开协调会，明确解封和变更登记的先后次序。",
        "externalBodies": "云川市中级人民法院、青禾区人民法院、东岭县人民法院",
    },
    "extension": {
        "reason": "三家法院中，青禾区人民法院、东岭县人民法院已经同意解除冻结；云川市中级人民法院需要另行作出裁定"
        "，在原定时限内不能完成。",
        "plan": "每周与云川市中级人民法院对接一次。裁定作出后一个工作日内，由市市场监督管理局受理变更登记申请。",
        "approved_by": "何军",
        "due_before": "2026-12-03T16:00:00+00:00",
        "due_date": "2026-12-17",
        "limit": 5,
        "extension": 10,
    },
    "completion": {
        "partial": False,
        "result": "三家法院均已解除对有关股权的冻结。市市场监督管理局于2026年12月8日办理变更登记，股权已经登记到"
        "您的名下，"
        "新的营业执照可以在3号窗口领取。",
        "steps": [],
    },
    "refusal": {
        "conclusionText": "您申请变更的股权仍被云川市中级人民法院冻结。冻结期间，登记机关不能办理该部分股权的变更"
        "登记。",
        "legalBasis": "《中华人民共和国民事诉讼法》关于协助执行的规定；登记机关收到人民法院的协助执行通知书后，应"
        "当依照通知书停止办理变更登记。",
        "remedy": "对本决定不服的，可以自收到本告知书之日起六十日内向云川市人民政府申请行政复议，也可以自收到本告"
        "知书之日起六个月内"
        "依法向人民法院提起行政诉讼。",
    },
    "transfer": {
        "conclusionText": "您对股权归属提出的异议属于执行异议，应当由执行法院审查处理。有关材料已经一并移送。",
        "transferTo": "云川市中级人民法院执行局",
    },
}
TITLES = {  # {kind: (title, mark of the number, day of issue)}
    "receipt": ("受理回执", "受", 23),
    "not_accepted": ("不予受理告知书", "不受", 23),
    "team_submission": ("一事一议呈批单", "议", 26),
    "extension": ("延期告知书", "延", 27),
    "completion": ("办结告知书", "办", 30),
    "refusal": ("不予办理告知书", "不办", 30),
    "transfer": ("转办告知书", "转", 30),
}
LONG = "此事反映多次，一直没有答复，望核实办理。" * 250  # 5,000 characters
HOSTILE = (
    '<script>alert(1)</script><img src="http://203.0.113.9/x.png"><link rel=stylesheet href="file:///etc/passwd">'
    "<style>*{display:none}</style>{{ 7 * 7 }}\u202e反转\u2066的\x00字\ud800😀𠮷𬬭👨‍👩‍👧 "
    "https://example.invalid/" + "a" * 300
)


def sample(kind: str, **changes: Any) -> Letter:
    """Return a letter about case 1, facts changed as wanted."""
    title, mark, day = TITLES[kind]
    issued_at = datetime(2026, 11, day, 3, 30, tzinfo=UTC)
    return Letter(kind, title, f"云政服〔2026〕{mark}字第0001号", issued_at, {**COMMON, **FACTS[kind], **changes})
