"""Refusals: what is wrong with a model is said at deployment, with code, element, line and sentence."""

import pytest

from engine.dmn import check, read_model
from engine.dmn.codes import CODES
from engine.dmn.errors import DmnRefused
from tests.dmn.models import decision, function, input_data, item, knowledge, literal, model, output, service, table

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
HOLDING_NOTHING = service("问", outputs="d_派单").replace("</d", "<encapsulatedDecision href='#x'/></d")
CIRCLE = (decision("甲", literal("1"), needs="d_乙"), decision("乙", literal("1"), needs="d_甲"))
OPEN_RANGE = item("t", "<typeRef>number</typeRef><allowedValues><text>[1..</text></allowedValues>")

REFUSED = [
    ("xml.empty", b"\xef\xbb\xbf \n"),
    ("xml.doctype", b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>"),
    ("xml.malformed", b"<definitions>"),
    ("xml.encoding", '<?xml version="1.0" encoding="GBK"?><派单/>'.encode("gbk")),
    ("xml.root", b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>'),
    ("xml.root", model(GOOD).replace(b"20230324", b"20990101")),
    ("xml.root", model(GOOD).replace(b"definitions", b"decisions")),
    ("element.unknown", model(GOOD, "<script>1</script>")),
    ("element.unknown", model(GOOD, '<run xmlns="urn:other">1</run>')),
    ("decision.none", model(input_data("金额"))),
    ("id.invalid", model(GOOD.replace('id="d_派单"', 'id="1 2"'))),
    ("id.invalid", model(GOOD.replace('id="d_派单"', 'id="constructor"'))),
    ("id.duplicate", model(GOOD.replace('id="rule_1"', 'id="d_派单"'))),
    ("name.missing", model(GOOD.replace('name="派单"', ""))),
    ("name.duplicate", model(GOOD, GOOD.replace("d_派单", "d_2"))),
    ("name.reserved", model(decision("__proto__", literal("1")))),
    ("name.reserved", ruled("UNIQUE", ["-", "1"], outputs=(output("_flags"),))),
    ("reference.dangling", model(decision("派单", literal("1"), needs="d_无"))),
    ("reference.dangling", model(GOOD, SHAPE)),
    ("reference.dangling", model(GOOD, HOLDING_NOTHING)),
    ("markup.active", model(decision("派单&lt;script&gt;", literal("1")))),
    ("markup.active", model(GOOD, "<textAnnotation><text>&lt;img src=x onerror=alert(1)&gt;</text></textAnnotation>")),
    ("markup.active", model("<description>[看](javascript:alert(1))</description>", GOOD)),
    ("markup.active", model("<description>java&#9;script:alert(1)</description>", GOOD)),
    ("markup.bidi", model(decision("派&#x202e;单", literal("1")))),
    ("markup.formula", model(decision("=1+1", literal("1")))),
    ("expression.invalid", model(decision("派单", literal("金额 >")))),
    ("expression.invalid", model(decision("派单", literal("open('/etc/passwd').read()")))),
    ("expression.invalid", model(decision("派单", literal("().__class__")))),
    ("expression.invalid", model(decision("派单", literal("${amount > 3}")))),
    ("expression.invalid", model(decision("派单", literal(JAVA)))),
    ("expression.invalid", ruled("UNIQUE", ["1 +", "1"])),
    ("expression.invalid", ruled("UNIQUE", ["-", "if a then b"])),
    ("expression.invalid", ruled("UNIQUE", ["-", "1"], outputs=(output("部门", values="1,, 2"),))),
    ("expression.invalid", model(OPEN_RANGE, GOOD)),
    ("expression.limit", model(decision("派单", literal("1" + " + 1" * 3000)))),
    ("expression.limit", model(*(decision(f"n{each}", literal(f'"{each} {"长" * 4000}"')) for each in range(60)))),
    ("expression.unknown", model(input_data("金额"), decision("派单", literal("金额 + 税额"), needs="i_金额"))),
    ("expression.unknown", model(knowledge("加", "数", literal("数 + 税额")), GOOD)),
    ("expression.unknown", model(decision("派单", literal("没有的函数(1)")))),
    ("expression.invalid", model(decision("派单", literal("count(1, 2, 3)") + ""))),
    ("expression.invalid", model(decision("派单", literal('date("2026-02-30")')))),
    ("expression.invalid", model(decision("派单", literal("金额 instance of t没有")))),
    ("expression.invalid", ruled("UNIQUE", ['matches(?, "[")', "1"])),
    ("expression.language", model(decision("派单", literal("1")).replace("<literalExpression", GROOVY))),
    ("expression.language", model(GOOD).replace(b"<definitions", b'<definitions expressionLanguage="http://www.java.com/java"')),
    ("expression.language", model(decision("派单", function("x", literal("x")).replace(">", ' kind="Java">', 1)))),
    ("logic.missing", model(decision("派单", ""))),
    ("logic.missing", model(decision("派单", NO_BRANCH))),
    ("logic.missing", model(GOOD.replace("<text>金额</text>", "<text/>"))),
    ("logic.missing", model("<businessKnowledgeModel id='k' name='加'/>", GOOD)),
    ("requirement.missing", model(input_data("金额"), decision("派单", literal("金额 + 1")))),
    ("type.unknown", model(decision("派单", literal("1"), type_="t没有"))),
    ("type.unknown", model(item("t", "<typeRef>t没有</typeRef>"), GOOD)),
    ("type.cycle", model(*LOOP, GOOD)),
    ("requirement.cycle", model(*CIRCLE)),
    ("requirement.cycle", model(knowledge("甲", "x", literal("甲(x)"), knows="k_甲"), GOOD)),
    ("table.cells", ruled("UNIQUE", ["-"])),
    ("table.cells", ruled("UNIQUE", ["-", "1", "2"])),
    ("table.cells", ruled("UNIQUE", ["-", "1"]).replace(b"<inputEntry><text>-</text></inputEntry>", b"")),
    ("table.cells", model(decision("表", TWO_CELLS))),
    ("table.outputs", ruled("UNIQUE", ["-", "1", "2"], outputs=(output("部门"), output()))),
    ("table.outputs", ruled("UNIQUE", ["-", "1", "2"], outputs=(output("部门"), output("部门")))),
    ("table.outputs", ruled("UNIQUE", ["-"], outputs=())),
    ("table.hit_policy", ruled("BEST", ["-", "1"], outputs=(output("a"),))),
    ("table.hit_policy", ruled("COLLECT+MEAN", ["-", "1"], outputs=(output("a"),))),
    ("table.hit_policy", ruled("PRIORITY", ["-", "1"], outputs=(output("a"),))),
    ("table.hit_policy", ruled("OUTPUT ORDER", ["-", "1"], outputs=(output("a"),))),
    ("table.hit_policy", ruled("COLLECT+SUM", ["-", "1", "2"], outputs=(output("a"), output("b")))),
    ("table.hit_policy", ruled("COLLECT+SUM", ["-", '"甲"'], outputs=(output("a"),))),
    ("table.hit_policy", ruled("COLLECT+SUM", ["-", "金额"], outputs=(output("a", type_="string"),))),
    ("service.inputs", model(*ASKING, service("问", outputs="d_派单"))),
    ("service.inputs", model(GOOD, service("问", outputs=""))),
    ("import.unknown", model(IMPORT.format("https://www.omg.org/spec/DMN/20230324/MODEL/"), GOOD)),
    ("import.unknown", model(IMPORT.format("http://www.w3.org/2001/XMLSchema"), GOOD)),
    ("import.unknown", model(decision("派单", "<literalExpression><importedValues/></literalExpression>"))),
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


def test_a_problem_is_told_once():
    xml = model(*(decision(f"n{each}", literal(f'"{each} {"长" * 4000}"')) for each in range(60)))

    assert [problem.code for problem in check(xml)] == ["expression.limit"]


def test_a_filter_may_name_what_only_the_items_know():
    logic = f"<filter><in>{literal('案件')}</in><match>{literal('天数 > 3')}</match></filter>"

    assert check(model(input_data("案件"), decision("久", logic, needs="i_案件"))) == []


def test_models_that_import_each_other_are_refused():
    there, back = (
        f'<import namespace="{own}" name="x" importType="https://www.omg.org/spec/DMN/20230324/MODEL/"/>'
        for own in ("urn:b", "urn:a")
    )

    problems = check(model(there, GOOD, own="urn:a"), imported=[model(back, GOOD, own="urn:b")])

    assert [problem.code for problem in problems] == ["import.unknown"]


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

    assert [problem.code for problem in lenient.problems] == ["expression.invalid"]


def test_every_code_has_a_model_that_is_refused_for_it():
    tried = {code for code, _ in REFUSED}

    assert CODES.keys() - tried == set()
