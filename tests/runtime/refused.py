"""One failing model, or more, for each code of a refusal: code, file, and what is wrong with it."""

from engine.runtime import intake
from tests.runtime.drawing import (
    END,
    START,
    boundary,
    catch,
    deadline,
    diagram,
    end,
    flow,
    gateway,
    handler,
    inner,
    line,
    on,
    process,
    service,
    simple,
    timer,
    user,
)

SUB = inner("sub", '<startEvent id="ib"/>', service("op"), end("ie"), line("ib", "op", "ie"))
LATE = end("e2") + line("t", "e2")
TIME = "<timerEventDefinition><timeDuration>PT8H</timeDuration></timerEventDefinition>"
CLOCK = '<gov:clock id="k" limit="3" unit="workday" startsOn="case"/>'
COLOURED = simple().replace(b"<process", b'<process xmlns:c="http://bpmn.io/schema/bpmn/biocolor/1.0" c:fill="%s"')
DI = '<d:BPMNDiagram xmlns:d="http://www.omg.org/spec/BPMN/20100524/DI"><d:BPMNPlane bpmnElement="%s"/></d:BPMNDiagram>'


def with_timer(inside: str, extensions: str = "") -> bytes:
    return simple(timer("t", "a", False, inside), LATE, extensions=extensions)


def choice(attributes: str, *flows: str) -> bytes:
    return diagram(START, gateway("exclusive", "x", attributes), user("a"), END, line("begin", "x"), *flows,
                   line("a", "finish"))  # fmt: skip


def documented(text: str) -> bytes:
    told = user("a").replace("<extensionElements>", f"<documentation>{text}</documentation><extensionElements>")
    return diagram(START, told, END, line("begin", "a", "finish"))


def task(extensions: str) -> bytes:
    held = f'<userTask id="a"><extensionElements>{extensions}</extensionElements></userTask>'
    return diagram(START, held, END, line("begin", "a", "finish"))


def clock(attributes: str, inside: str = "") -> bytes:
    return simple(extensions=f"<gov:clock {attributes}>{inside}</gov:clock>")


def activity(element: str) -> bytes:
    return diagram(START, element, END, line("begin", "a", "finish"))


def event(definition: str) -> bytes:
    return simple(f'<boundaryEvent id="t" attachedToRef="a">{definition}</boundaryEvent>', LATE)


def ad_hoc(attributes: str) -> bytes:
    inside = f'<adHocSubProcess id="a" {attributes}>{user("u")}</adHocSubProcess>'
    return diagram(START, inside, END, line("begin", "a", "finish"))


def thrown(definition: str) -> str:
    event_ = f'<intermediateThrowEvent id="t">{definition}</intermediateThrowEvent>'
    return event_ + user("b") + line("a", "t", "b", "finish")


def link(kind: str, key: str, name: str) -> str:
    definition = f'<linkEventDefinition id="{key}_d" name="{name}"/>'
    return f'<intermediate{kind}Event id="{key}">{definition}</intermediate{kind}Event>'


def several(inside: str, attributes: str = "") -> bytes:
    loop = f"<multiInstanceLoopCharacteristics {attributes}>{inside}</multiInstanceLoopCharacteristics>"
    return activity(user("a", loop))


REFUSED = [
    # the file
    ("xml.empty", b"", "nothing"),
    ("xml.empty", b" \n ", "white space"),
    ("xml.size", b"<a>" + b" " * intake.LARGEST + b"</a>", "2 MiB and a bit"),
    ("xml.encoding", "<a>诉求</a>".encode("gbk"), "GBK"),
    ("xml.encoding", simple().decode().encode("utf-16"), "UTF-16"),
    ("xml.encoding", b'<?xml version="1.0" encoding="UTF-7"?><a/>', "declared as UTF-7"),
    ("xml.encoding", b"<a>\0</a>", "NUL"),
    ("xml.malformed", b"<a><b></a>", "tags crossed"),
    ("xml.malformed", simple() + b"<b/>", "two roots"),
    ("xml.doctype", b"<!DOCTYPE a><a/>", "a harmless DOCTYPE"),
    ("xml.doctype", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>', "an outer entity"),
    ("xml.instruction", b"<a><?php x ?></a>", "a processing instruction"),
    ("xml.include", b'<a xmlns:q="http://www.w3.org/2001/XInclude"><q:include href="x"/></a>', "by any prefix"),
    ("xml.limits", b"<a>" * 60 + b"</a>" * 60, "60 deep"),
    ("xml.limits", b"<a>" + b"<b/>" * 20_001 + b"</a>", "20,001 elements"),
    ("xml.limits", b'<a b="' + b"x" * 9000 + b'"/>', "a long attribute"),
    ("xml.limits", b"<a>" + b"x" * 70_000 + b"</a>", "a long text"),
    ("xml.limits", b"<a " + b" ".join(b'b%d=""' % n for n in range(65)) + b"/>", "65 attributes"),
    ("xml.root", b"<html/>", "another language"),
    ("xml.root", simple().replace(b"20100524/MODEL", b"20110000/MODEL"), "another version"),
    ("xml.schema", simple().replace(b'id="a"', b'id="a" nonsense="1"'), "an attribute nobody knows"),
    ("xml.schema", diagram(END, user("1a"), START, line("begin", "1a", "finish")), "an id that is no name"),
    # what is in it
    ("element.unknown", activity('<irrelevantTask id="a"/>'), "no task of BPMN"),
    ("element.unknown", simple('<dataStoreReference id="ds"/>'), "data store"),
    ("element.unknown", activity(user("a", "<ioSpecification><dataInput/><inputSet/><outputSet/></ioSpecification>"
                                           "<dataInputAssociation><assignment/></dataInputAssociation>")), "mapping"),
    ("element.unknown", activity(user("a").replace("<gov:form", '<x:y xmlns:x="http://camunda.org/"/><gov:form')),
     "extension of another product"),
    ("element.unknown", task('<gov:form key="f"/><gov:candidates role="r"/><gov:colour/>'), "none of ours"),
    ("element.unknown", simple().replace(b"<process", b'<import location="http://x" namespace="n" importType="t"/>'
                                                      b"<process"), "import"),
    ("element.script", activity('<scriptTask id="a"><script>x=1</script></scriptTask>'), "script task"),
    ("element.script", simple().replace(b"<process", b'<globalScriptTask id="g"/><process'), "global script"),
    ("element.event", event(""), "boundary event of no kind"),
    ("element.event", event("<terminateEventDefinition/>"), "terminate at a boundary"),
    ("element.event", event("<cancelEventDefinition/>"), "cancel of what is no transaction"),
    ("element.event", event("<errorEventDefinition/>").replace(b"attached", b'cancelActivity="false" attached'),
     "an error that does not interrupt"),
    ("element.event", event(TIME * 2), "two timers"),
    ("element.event", event(TIME + "<compensateEventDefinition/>"), "compensation with another"),
    ("element.event", diagram(START, catch("c").replace("timerEvent", "terminateEvent").replace(
        "<timeDuration>PT8H</timeDuration>", ""), END, line("begin", "c", "finish")), "terminate in the flow"),
    ("element.event", diagram(START, user("a"), end("e", TIME), line("begin", "a", "e")), "an end that waits"),
    ("element.event", diagram(START, user("a"), end("e", "<cancelEventDefinition/>"), line("begin", "a", "e")),
     "cancel outside of a transaction"),
    ("element.event", simple(inner("tx", '<startEvent id="ib"/>', end("ie", "<cancelEventDefinition/>"),
                                   line("ib", "ie"), kind="transaction"), line("a", "tx", "finish")),
     "cancel of a transaction that nothing leaves then"),
    ("flow.start", simple(inner("sub", START.replace("begin", "ib"), user("u"), line("ib", "u"),
                                kind="adHocSubProcess"), line("a", "sub", "finish")), "of an ad-hoc sub-process"),
    ("flow.direction", simple(handler("h", on("error"), "u"), line("a", "h")), "into an event sub-process"),
    ("expression.invalid", event("<conditionalEventDefinition><condition/></conditionalEventDefinition>"), "none"),
    ("element.event", simple(SUB.replace("<subProcess", '<subProcess triggeredByEvent="true"')),
     "an event sub-process without an event"),
    ("element.event", diagram(START, '<eventBasedGateway id="g" instantiate="true"/>', catch("c"), END,
                              line("begin", "g", "c", "finish")), "a gateway that starts the process"),
    ("attribute.unknown", simple().replace(b'id="a"', b'id="a" xmlns:c="http://camunda.org/" c:class="X"'), "Java"),
    ("attribute.unknown", simple().replace(b'"true"', b'"1"'), "1 for true"),
    ("attribute.unknown", diagram(START, service("a").replace(">", ' implementation="x:y">', 1), END,
                                  line("begin", "a", "finish")), "a job of another engine"),
    ("attribute.unknown", simple(thrown('<compensateEventDefinition waitForCompletion="false"/>')),
     "compensation not waited for"),
    ("attribute.number", simple().replace(b'id="a"', b'id="a" startQuantity="0"'), "no token needed"),
    ("attribute.number", simple().replace(b'id="a"', b'id="a" completionQuantity="-1"'), "less than none"),
    ("attribute.number", activity(user("a", '<standardLoopCharacteristics loopMaximum="-1"/>')), "a loop of -1"),
    ("id.missing", diagram("<startEvent/>", user("a"), END, line("a", "finish")), "a start without id"),
    ("id.reserved", diagram(START, user("constructor"), END, line("begin", "constructor", "finish")), "another"),
    ("id.reserved", simple().replace(b'"p"', b'"__proto__"'), "the browser's own"),
    ("id.duplicate", simple(user("a")), "twice"),
    ("reference.dangling", simple('<association id="x" sourceRef="a" targetRef="gone"/>'), "association"),
    ("reference.dangling", diagram('<laneSet id="l"><lane id="l1"><flowNodeRef>gone</flowNodeRef></lane></laneSet>',
                                   START, user("a"), END, line("begin", "a", "finish")), "lane"),
    ("reference.dangling", simple().replace(b"</definitions>", (DI % "gone").encode() + b"</definitions>"), "shape"),
    ("markup.active", documented("&lt;script&gt;x&lt;/script&gt;"), "script"),
    ("markup.active", documented("&lt;p class='x' onclick=alert(1)&gt;"), "handler"),
    ("markup.active", documented("[材料](java\tscript:alert(1))"), "obfuscated link"),
    ("markup.active", documented("[b](data:text/html;base64,x)"), "data link"),
    ("markup.active", activity(user("a", attributes='name="&lt;img src=x&gt;"')), "in a name"),
    ("markup.bidi", activity(user("a", attributes='name="退回\u202e理受"')), "turned round"),
    ("markup.colour", COLOURED.replace(b"%s", b"red;}&lt;"), "out of the attribute"),
    ("process.not_executable", simple().replace(b'"true"', b'"false"'), "a drawing"),
    # where tokens go
    ("flow.start", diagram(user("a"), END, line("a", "finish")), "none"),
    ("flow.start", simple('<startEvent id="b2"/>', line("b2", "a")), "two"),
    ("flow.start_event", diagram(f'<startEvent id="begin">{on("escalation")}</startEvent>', user("a"), END,
                                 line("begin", "a", "finish")), "an escalation"),
    ("event.unheard", diagram(f'<startEvent id="begin">{TIME}</startEvent>', user("a"), END,
                              line("begin", "a", "finish")), "a time nobody watches"),
    ("flow.end", diagram(START, user("a"), line("begin", "a")), "none"),
    ("flow.dangling", simple(flow("a", "gone")), "to nowhere"),
    ("flow.dangling", simple(SUB, flow("a", "op")), "into a sub-process"),
    ("flow.direction", simple(flow("finish", "a")), "out of an end"),
    ("flow.direction", simple(flow("a", "begin")), "into a start"),
    ("flow.twin", choice('default="x-a"', flow("x", "a"), flow("x", "a", "true", "again")), "two between the same"),
    ("flow.conditional", diagram(START, user("a"), END, flow("begin", "a", "true"), line("a", "finish")), "of a start"),
    ("flow.conditional", diagram(START, gateway("parallel", "f"), user("a"), END, end("e"), flow("begin", "f"),
                                 flow("f", "a", "true"), line("f", "e"), line("a", "finish")), "of a parallel one"),
    ("flow.dead_end", diagram(START, user("a"), user("b"), END, gateway("parallel", "f"), line("begin", "f", "a"),
                              line("f", "b"), line("a", "finish")), "a task"),
    ("flow.boundary", simple(timer("t", "gone", True), LATE), "on nothing"),
    ("flow.boundary", simple(timer("t", "finish", True), LATE), "on an event"),
    ("flow.no_condition", choice('default="x-finish"', flow("x", "a"), flow("x", "finish")), "as it says"),
    ("flow.default", choice('default="a-finish"', flow("x", "a", "true"), flow("x", "finish", "true")), "another's"),
    ("flow.default", choice('default="x-finish"', flow("x", "a", "true"), flow("x", "finish", "true")), "conditional"),
    ("flow.unreachable", simple(user("b"), line("b", "finish")), "nothing leads there"),
    ("flow.endless", diagram(START, gateway("exclusive", "x", 'default="x-y"'), gateway("exclusive", "y"), END,
                             line("begin", "x", "y", "x"), flow("x", "finish", "true")), "gateways only"),
    ("flow.endless", diagram(START, gateway("exclusive", "x", 'default="x-sub"'), SUB, END, flow("begin", "x"),
                             flow("x", "sub"), flow("sub", "x"), flow("x", "finish", "true")), "nobody inside"),
    ("flow.event_gateway", diagram(START, '<eventBasedGateway id="g"/>', catch("c"), user("a"), END,
                                   line("begin", "g", "c", "finish"), line("g", "a", "finish")), "a task"),
    ("flow.link", simple(link("Throw", "l", "one"), line("a", "l")), "no catch"),
    ("flow.link", simple(link("Catch", "l", "one"), user("b"), line("l", "b", "finish")), "no throw"),
    ("flow.compensation", event("<compensateEventDefinition/>"), "no handler"),
    ("flow.compensation", simple().replace(b'id="a"', b'id="a" isForCompensation="true"'), "a handler in the flow"),
    ("flow.compensation", simple(handler("h", on("compensate"), "u")), "of the whole process"),
    ("flow.activation", diagram(START, gateway("parallel", "f"), user("a"), user("b"), gateway("complex", "j"), END,
                                line("begin", "f", "a", "j", "finish"), line("f", "b", "j")), "as it says"),
    ("flow.event_gateway", diagram(START, '<eventBasedGateway id="g"/>', catch("c"),
                                   '<receiveTask id="r" messageRef="m"/>', boundary("t", "r", TIME), END,
                                   line("begin", "g", "c", "finish"), line("g", "r", "finish"), line("t", "finish"),
                                   declared='<message id="m" name="m"/>'), "a task with a timer"),
    ("reference.dangling", activity('<sendTask id="a"/>'), "a message without a name"),
    ("reference.dangling", event("<eventDefinitionRef>a</eventDefinitionRef>"), "a task for an event"),
    ("reference.dangling", event(on("signal", "m")).replace(b"<process", b'<message id="m" name="m"/><process'),
     "a message for a signal"),
    ("element.event", activity('<receiveTask id="a" instantiate="true" messageRef="m"/>').replace(
        b"<process", b'<message id="m" name="m"/><process'), "a task in the flow that starts the process"),
    ("event.unheard", diagram(START, user("a"), end("e", on("signal", "s")), line("begin", "a", "e"),
                              declared='<signal id="s" name="s"/>'), "thrown to nobody"),
    ("event.unheard", diagram(START, '<receiveTask id="a" messageRef="m"/>', END, line("begin", "a", "finish"),
                              declared='<message id="m" name="m"/>'), "sent by nobody"),
    ("event.unheard", diagram(START, user("a"), end("e", on("error", "s")), line("begin", "a", "e"),
                              declared='<error id="s" name="s" errorCode="E"/>'), "an error nobody catches"),
    ("call.unknown", diagram(START, '<callActivity id="a" calledElement="q"/>', END, line("begin", "a", "finish"),
                             declared='<message id="m" name="m"/>').replace(b"</definitions>", process(
                                 "q", f'<startEvent id="qb">{on("message", "m")}</startEvent>', END.replace(
                                     "finish", "qe"), line("qb", "qe")).encode() + b"</definitions>"), "by a message"),
    ("loop.invalid", activity(user("a", "<standardLoopCharacteristics/>")), "without end"),
    ("loop.invalid", several(""), "of what?"),
    ("loop.invalid", several("<loopCardinality>2</loopCardinality><loopDataInputRef>x</loopDataInputRef>"), "both"),
    ("loop.invalid", several("<loopCardinality>2</loopCardinality><loopDataOutputRef>x</loopDataOutputRef>"), "half"),
    ("loop.invalid", several("<loopCardinality>2</loopCardinality>", 'behavior="Complex"'), "complex"),
    ("loop.invalid", several("<loopCardinality>2</loopCardinality>", 'behavior="One"'), "throws nothing"),
    ("loop.instances", several("<loopCardinality>1000</loopCardinality>"), "as it says"),
    ("loop.instances", several("<loopCardinality>-1</loopCardinality>"), "less than none"),
    ("task.form", simple('<callActivity id="c" calledElement="q"/>').replace(b"</definitions>", process(
        "q", user("u").replace('<gov:form key="u_form"/>', "")).replace("true", "false").encode() + b"</definitions>"),
     "in a process that is called"),
    ("call.unknown", activity('<callActivity id="a" calledElement="q"/>'), "not in the file"),
    ("call.unknown", activity('<callActivity id="a" calledElement="p"/>'), "itself"),
    ("timer.flood", with_timer("<timeCycle>R/PT1S</timeCycle>"), "every second"),
    ("timer.flood", with_timer("<timeCycle>R5000/PT8H</timeCycle>"), "too often"),
    ("timer.unreadable", with_timer("<timeCycle>PT8H</timeCycle>"), "a cycle that is none"),
    ("timer.natural_days", with_timer("<timeCycle>R3/P1D</timeCycle>"), "days of which kind?"),
    ("expression.language", choice('default="x-finish"', flow("x", "a", "true").replace(
        "<conditionExpression", '<conditionExpression xsi:type="tFormalExpression" language="javascript"'),
        flow("x", "finish")), "of one condition"),
    ("expression.language", simple().replace(b"<definitions", b'<definitions expressionLanguage="juel"'), "of all"),
    ("expression.invalid", choice('default="x-finish"', flow("x", "a", "${x}"), flow("x", "finish")), "JUEL"),
    ("expression.invalid", several("<loopCardinality>().x</loopCardinality>"), "of a loop"),
    ("expression.invalid", event("<conditionalEventDefinition><condition>1 +</condition></conditionalEventDefinition>"),
     "of an event"),
    ("expression.invalid", choice('default="x-finish"', flow("x", "a", " "), flow("x", "finish")), "empty"),
    # what we add
    ("gov.misplaced", diagram(START, gateway("parallel", "f").replace(
        "/>", '><extensionElements><gov:form key="f"/></extensionElements></parallelGateway>'), END,
        line("begin", "f", "finish")), "a form on a gateway"),
    ("gov.misplaced", task('<gov:form key="f"/><gov:form key="g"/><gov:candidates role="r"/>'), "two forms"),
    ("gov.misplaced", simple('<gov:form key="f"/>'), "outside extensionElements"),
    ("gov.misplaced", simple().replace(b"<userTask", inner("sub", '<startEvent id="ib"><extensionElements>'
     '<gov:form key="f"/></extensionElements></startEvent>', end("ie"), line("ib", "ie")).encode() + b"<userTask"),
     "a form nobody fills in"),
    ("gov.attribute", task('<gov:form key="f"/><gov:candidates rolle="r"/>'), "mistyped"),
    ("gov.attribute", task('<gov:form/><gov:candidates role="r"/>'), "missing"),
    ("gov.attribute", with_timer(deadline('clock="k" limit="3"') + "<timeDuration>P1D</timeDuration>", CLOCK), "both"),
    ("clock.unit", clock('id="k" limit="3" startsOn="case"'), "none"),
    ("clock.unit", clock('id="k" limit="3" unit="days" startsOn="case"'), "unknown"),
    ("clock.unit", with_timer(deadline('limit="1"') + "<timeDuration>P1D</timeDuration>"), "none of its own"),
    ("clock.limit", clock('id="k" unit="workday" startsOn="case"'), "none"),
    ("clock.limit", clock('id="k" limit="-3" unit="workday" startsOn="case"'), "negative"),
    ("clock.limit", clock('id="k" limit="0" unit="workday" startsOn="case"'), "nothing"),
    ("clock.limit", clock('id="k" limit="²" unit="workday" startsOn="case"'), "a digit for Python only"),
    ("clock.limit", clock('id="k" limit="3" unit="workday" startsOn="case" warn="x"'), "a broken reminder"),
    ("clock.limit", with_timer(deadline("") + "<timeDuration>P1D</timeDuration>"), "neither clock nor limit"),
    ("clock.edges", clock('id="k" limit="3" unit="workday" startsOn="case" end="noon"'), "unknown end"),
    ("clock.edges", clock('id="k" limit="3" unit="workday" startsOn="case" startPolicy="x"'), "unknown policy"),
    ("clock.start", clock('id="k" limit="3" unit="workday"'), "none"),
    ("clock.start", clock('id="k" limit="3" unit="workday" startsOn="a"'), "without enter:"),
    ("clock.start", clock('id="k" limit="3" unit="workday" startsOn="enter:gone"'), "of nothing"),
    ("timer.none", with_timer(""), "empty"),
    ("timer.natural_days", with_timer("<timeDuration>P3D</timeDuration>"), "days of which kind?"),
    ("timer.unreadable", with_timer("<timeDuration>bald</timeDuration>"), "a word"),
    ("timer.unreadable", with_timer("<timeDate>2026-02-31T09:00+08:00</timeDate>"), "no such day"),
    ("timer.unreadable", with_timer("<timeDate>2026-03-05T09:00</timeDate>"), "in which zone?"),
    ("timer.clock", with_timer(deadline('clock="gone"') + "<timeDuration>P1D</timeDuration>", CLOCK), "as it says"),
    ("timer.moment", with_timer(deadline('clock="k" at="noon"') + "<timeDuration>P1D</timeDuration>", CLOCK), "when"),
    ("timer.moment", with_timer(deadline('clock="k" offset="--1"') + "<timeDuration>P1D</timeDuration>", CLOCK), "how"),
    ("task.form", task('<gov:candidates role="r"/>'), "none"),
    ("task.form_unknown", simple(), "not in the bundle"),
    ("task.candidates", task('<gov:form key="a_form"/>'), "none"),
    ("task.lane", diagram('<laneSet id="l"><lane id="l1"><flowNodeRef>begin</flowNodeRef></lane></laneSet>', START,
                          user("a"), END, line("begin", "a", "finish")), "beside the lanes"),
    ("operation.none", diagram(START, '<serviceTask id="a"/>', END, line("begin", "a", "finish")), "none"),
    ("operation.unknown", diagram(START, service("a", "launch"), END, line("begin", "a", "finish")), "unknown"),
    ("operation.clock", diagram(START, service("a", clock="gone"), END, line("begin", "a", "finish")), "as it says"),
]  # fmt: skip
