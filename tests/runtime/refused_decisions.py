"""The failing models of business rule tasks, as in refused.py; the bundle has the decision d of the model m, with n."""

from tests.runtime.drawing import rule, user
from tests.runtime.refused import activity

ASKED = '<gov:decision model="m" decision="d" result="r"/>'
REFUSED_DECISIONS = [
    ("decision.none", activity('<businessRuleTask id="a"/>'), "no decision"),
    ("decision.unknown", activity(rule("a", "e", n="1")), "not in the model"),
    ("decision.unknown", activity(rule("a", "d", "other", n="1")), "no such model"),
    ("decision.inputs", activity(rule("a", n="1", o="2")), "one input too many"),
    ("decision.inputs", activity(rule("a", o="2")), "another input"),
    ("decision.result", activity(rule("a", result="a + b")), "no variable"),
    ("decision.result", activity(rule("a", result="")), "none"),
    ("decision.inputs", activity(rule("a")), "an input that no data can bring"),
    ("expression.invalid", activity(rule("a", n="1 +")), "an input"),
    ("expression.invalid", activity(rule("a", n="registre.amount")), "an input by a name that no data can have"),
    ("gov.attribute", activity(rule("a").replace(' model="m"', "")), "a decision without its model"),
    ("gov.misplaced", activity(user("a").replace("<gov:form", f"{ASKED}<gov:form")), "a decision of a user task"),
]
