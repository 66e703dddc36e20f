"""Refusals: what is wrong with a model is said at deployment, with code, element, line and sentence."""

from pathlib import Path

import pytest

from engine.dmn import check, read_model
from engine.dmn.errors import DmnRefused
from tests.dmn.models import decision, function, input_data, item, knowledge, literal, model, output, service, table

ROOT = Path(__file__).parent.parent.parent
CORPUS = ROOT.parent / "shared" / "conformance" / "bad"

GOOD = decision("派单", table([["-", '"甲"']]))


def ruled(policy: str, *rules: list[str], outputs: tuple[str, ...] = (output("a"),)) -> bytes:
    return model(decision("派单", table(rules, policy=policy, outputs=outputs)))


IMPORT = '<import namespace="urn:x" name="x" importType="{}" locationURI="http://10.0.0.1/x.dmn"/>'
JAVA = 'function(x) external {java: {class: "java.lang.Runtime", method signature: "exec(x)"}}'
SHAPE = '<d:DMNDI xmlns:d="https://www.omg.org/spec/DMN/20230324/DMNDI/"><d:DMNShape dmnElementRef="x"/></d:DMNDI>'
GROOVY = '<literalExpression expressionLanguage="groovy"'
TWO_CELLS = f'<relation><column name="a"/><row>{literal("1")}{literal("2")}</row></relation>'
NO_BRANCH = f"<conditional><if>{literal('true')}</if><then/><else/></conditional>"
ASKING = (input_data("金额"), decision("派单", literal("金额"), needs="i_金额"))
LOOP = (item("t一", "<typeRef>t二</typeRef>"), item("t二", "<typeRef>t一</typeRef>"))
OPEN_RANGE = item("t", "<typeRef>number</typeRef><allowedValues><text>[1..</text></allowedValues>")

REFUSED = [
    ("xml.empty", b"\xef\xbb\xbf \n"),
    ("xml.doctype", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>"),
    ("xml.malformed", b"<definitions>"),
    ("xml.encoding", '<?xml version="1.0" encoding="GBK"?><派单/>'.encode("gbk")),
    ("xml.namespace", b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'),
    ("xml.namespace", model(GOOD).replace(b"20230324", b"20990101")),
    ("xml.namespace", model(GOOD).replace(b"definitions", b"decisions")),
    ("xml.element", model(GOOD, "<script>1</script>")),
    ("xml.element", model(GOOD, '<run xmlns="urn:other">1</run>')),
    ("struct.no_process", model(input_data("金额"))),
    ("struct.duplicate_id", model(GOOD.replace('id="rule_1"', 'id="d_派单"'))),
    ("struct.name", model(GOOD, GOOD.replace("d_派单", "d_2"))),
    ("struct.name", model(decision("__proto__", literal("1")))),
    ("struct.name", ruled("UNIQUE", ["-", "1"], outputs=(output("_flags"),))),
    ("struct.dangling", model(decision("派单", literal("1"), needs="d_无"))),
    ("struct.di", model(GOOD, SHAPE)),
    ("markup.html", model(decision("派单&lt;script&gt;", literal("1")))),
    ("markup.html", model(GOOD, "<textAnnotation><text>&lt;img src=x onerror=alert(1)&gt;</text></textAnnotation>")),
    ("markup.link", model("<description>[看](javascript:alert(1))</description>", GOOD)),
    ("markup.link", model("<description>java&#9;script:alert(1)</description>", GOOD)),
    ("markup.bidi", model(decision("派&#x202e;单", literal("1")))),
    ("markup.formula", model(decision("=1+1", literal("1")))),
    ("expr.syntax", model(decision("派单", literal("金额 >")))),
    ("expr.syntax", model(decision("派单", literal("open('/etc/passwd').read()")))),
    ("expr.syntax", model(decision("派单", literal("().__class__")))),
    ("expr.syntax", model(decision("派单", literal("${amount > 3}")))),
    ("expr.syntax", model(decision("派单", literal(JAVA)))),
    ("expr.syntax", ruled("UNIQUE", ["1 +", "1"])),
    ("expr.syntax", ruled("UNIQUE", ["-", "if a then b"])),
    ("expr.syntax", ruled("UNIQUE", ["-", "1"], outputs=(output("部门", values="1,, 2"),))),
    ("expr.syntax", model(OPEN_RANGE, GOOD)),
    ("expr.limit", model(decision("派单", literal("1" + " + 1" * 3000)))),
    ("expr.limit", model(*(decision(f"n{each}", literal(f'"{each} {"长" * 4000}"')) for each in range(60)))),
    ("expr.unknown", model(input_data("金额"), decision("派单", literal("金额 + 税额"), needs="i_金额"))),
    ("expr.unknown", model(knowledge("加", "数", literal("数 + 税额")), GOOD)),
    ("expr.unknown", model(input_data("金额"), decision("派单", literal("没有的函数(1)")))),
    ("active.language", model(decision("派单", literal("1")).replace("<literalExpression", GROOVY))),
    ("active.language", model(GOOD).replace(b"<definitions", b'<definitions expressionLanguage="http://www.java.com/java"')),
    ("active.language", model(decision("派单", function("x", literal("x")).replace(">", ' kind="Java">', 1)))),
    ("dmn.no_logic", model(decision("派单", ""))),
    ("dmn.no_logic", model(decision("派单", NO_BRANCH))),
    ("dmn.no_logic", model(GOOD.replace("<text>金额</text>", "<text/>"))),
    ("dmn.no_logic", model("<businessKnowledgeModel id='k' name='加'/>", GOOD)),
    ("dmn.requirement", model(input_data("金额"), decision("派单", literal("金额 + 1")))),
    ("dmn.type", model(decision("派单", literal("1"), type_="t没有"))),
    ("dmn.type", model(item("t", "<typeRef>t没有</typeRef>"), GOOD)),
    ("dmn.cycle", model(*LOOP, GOOD)),
    ("dmn.cycle", model(decision("甲", literal("1"), needs="d_乙"), decision("乙", literal("1"), needs="d_甲"))),
    ("dmn.cycle", model(knowledge("甲", "x", literal("甲(x)"), knows="k_甲"), GOOD)),
    ("dmn.cells", ruled("UNIQUE", ["-"])),
    ("dmn.cells", ruled("UNIQUE", ["-", "1", "2"])),
    ("dmn.cells", model(decision("表", TWO_CELLS))),
    ("dmn.output", ruled("UNIQUE", ["-", "1", "2"], outputs=(output("部门"), output()))),
    ("dmn.output", ruled("UNIQUE", ["-"], outputs=())),
    ("dmn.hit_policy", ruled("BEST", ["-", "1"], outputs=(output("a"),))),
    ("dmn.hit_policy", ruled("COLLECT+MEAN", ["-", "1"], outputs=(output("a"),))),
    ("dmn.hit_policy", ruled("PRIORITY", ["-", "1"], outputs=(output("a"),))),
    ("dmn.hit_policy", ruled("OUTPUT ORDER", ["-", "1"], outputs=(output("a"),))),
    ("dmn.hit_policy", ruled("COLLECT+SUM", ["-", "1", "2"], outputs=(output("a"), output("b")))),
    ("dmn.hit_policy", ruled("COLLECT+SUM", ["-", '"甲"'], outputs=(output("a"),))),
    ("dmn.hit_policy", ruled("COLLECT+SUM", ["-", "金额"], outputs=(output("a", type_="string"),))),
    ("dmn.service", model(*ASKING, service("问", outputs="d_派单"))),
    ("dmn.service", model(GOOD, service("问", outputs=""))),
    ("dmn.import", model(IMPORT.format("https://www.omg.org/spec/DMN/20230324/MODEL/"), GOOD)),
    ("dmn.import", model(IMPORT.format("http://www.w3.org/2001/XMLSchema"), GOOD)),
    ("dmn.import", model(decision("派单", "<literalExpression><importedValues/></literalExpression>"))),
]  # fmt: skip  # one line each


@pytest.mark.parametrize(("code", "xml"), REFUSED)
def test_a_model_is_refused_for_what_is_wrong_with_it(code: str, xml: bytes):
    problems = check(xml)

    assert code in {problem.code for problem in problems}
    with pytest.raises(DmnRefused):
        read_model(xml)


def test_a_problem_names_the_decision_the_rule_and_the_column():
    xml = ruled("UNIQUE", ["-", "1"], ["[1..", "1"], outputs=(output("部门"),))

    [problem] = check(xml)

    assert problem.element == "rule_2"
    assert problem.line == 3
    assert problem.message.startswith('"派单", rule 2, column "金额": ')


def test_every_problem_of_a_model_is_listed():
    xml = model(decision("甲", literal("1 +")), decision("乙", literal("2 +")))

    assert [problem.element for problem in check(xml)] == ["d_甲", "d_乙"]


@pytest.mark.parametrize(
    "namespace",
    [
        "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
        "http://www.omg.org/spec/DMN/20180521/MODEL/",
        "https://www.omg.org/spec/DMN/20191111/MODEL/",
        "https://www.omg.org/spec/DMN/20211108/MODEL/",
        "https://www.omg.org/spec/DMN/20230324/MODEL/",
    ],
)
def test_dmn_1_1_to_1_5_are_read(namespace: str):
    assert check(model(GOOD, namespace=namespace)) == []


def test_what_modelers_add_is_left_alone():
    extension = '<extensionElements><x:any xmlns:x="urn:modeler"><x:script>1</x:script></x:any></extensionElements>'
    plain = model(extension, GOOD.replace("<decisionTable", '<decisionTable preferredOrientation="Rule-as-Row"'))

    assert check(plain) == []


@pytest.mark.parametrize(
    "words", ["比较 a < b 与 c > d", "请用 JavaScript 以外的语言", "金额=1", "-5 度以下", "资料: 见附件"]
)
def test_harmless_words_are_no_markup(words: str):
    escaped = words.replace("<", "&lt;")

    assert check(model(f"<description>{escaped}</description>", GOOD)) == []


def test_a_model_with_problems_may_still_be_looked_at():
    lenient = read_model(model(decision("甲", literal("1 +"))), lenient=True)

    assert [problem.code for problem in lenient.problems] == ["expr.syntax"]
