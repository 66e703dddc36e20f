"""The diagrams we ship: valid BPMN, drawn whole and legibly, and of one mind with their process.json and forms."""

import json
import math
import re
from importlib.resources import files
from itertools import combinations
from typing import Any

import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue]  # lxml brings no types

from tests.processes.drawn import EVENTS, FILES, GATEWAYS, NAME_STRIP, NS, ROOT, TASKS, Box, Drawing, kind_of

CONDITION = re.compile(r'(?P<form>\w+)\.(?P<field>\w+) = "(?P<value>\w+)"')


@pytest.fixture(params=FILES, ids=lambda path: path.stem, scope="module")
def drawing(request: pytest.FixtureRequest) -> Drawing:
    return Drawing(request.param)


@pytest.fixture(scope="module")
def bpmn_schema() -> etree.XMLSchema:
    shipped = files("SpiffWorkflow") / "bpmn" / "parser" / "schema" / "BPMN20.xsd"
    return etree.XMLSchema(etree.parse(str(shipped), etree.XMLParser(no_network=True)))


def options_of(drawing: Drawing, form: str, field: str) -> set[str]:
    """Return what a routing field of a form may hold; nothing for a field that is not there or does not route."""
    path = ROOT / "forms" / drawing.manifest["forms"].get(form, "none")
    sections = json.loads(path.read_text("utf-8"))["sections"] if path.is_file() else []
    fields = [field_ for section in sections for field_ in section["fields"]]
    wanted = [f for f in fields if f["key"] == field and f.get("routing")]
    return {str(option[0]) for f in wanted for option in f.get("options", [])}


def limits_of(drawing: Drawing) -> list[Any]:
    """Return every element of ours that states a limit: clocks, their extensions, private deadlines."""
    return drawing.find("//gov:*[@limit]")


def fallback(workdays: int) -> str:
    """Return the natural days that surely hold that many working days when there is no holiday."""
    return f"P{workdays + 2 * math.ceil(workdays / 5)}D"


# What other tools read


def test_a_diagram_is_valid_against_the_standard_s_own_schema(drawing: Drawing, bpmn_schema: etree.XMLSchema):
    bpmn_schema.validate(drawing.tree)

    assert [str(error) for error in bpmn_schema.error_log] == []


def test_every_id_is_a_snake_case_word(drawing: Drawing):
    ids = [element.get("id") for element in drawing.find("//bpmn:*[@id]")]

    assert [key for key in ids if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", key)] == []


def test_every_step_says_where_it_comes_from(drawing: Drawing):
    silent = [
        step.get("id") for step in drawing.each(*TASKS) if not step.findtext("bpmn:documentation", "", NS).strip()
    ]

    assert silent == []


def test_every_step_and_event_that_a_reader_meets_has_a_name(drawing: Drawing):
    nameless = [key for key, node in drawing.nodes.items() if kind_of(node) not in GATEWAYS and not node.get("name")]

    # the two ends of a sub-process speak for themselves
    assert [key for key in nameless if kind_of(drawing.nodes[key].getparent()) != "subProcess"] == []


def test_a_timer_falls_back_to_natural_days_that_never_end_early(drawing: Drawing):
    limits = {clock.get("id"): int(clock.get("limit")) for clock in drawing.find("//gov:clock")}
    timers = [(timer, timer.find(".//gov:deadline", NS)) for timer in drawing.each("timerEventDefinition")]

    stated = [(limit.get("limit") or limits[limit.get("clock")], timer) for timer, limit in timers]
    assert [timer.findtext("bpmn:timeDuration", None, NS) for _, timer in stated] == [
        fallback(int(limit)) for limit, _ in stated
    ]


@pytest.mark.parametrize(
    ("workdays", "natural"),
    [
        (1, "P3D"),  # a Friday's next working day is Monday
        (3, "P5D"),
        (5, "P7D"),  # five working days are a week
        (6, "P10D"),
        (10, "P14D"),
    ],
)
def test_the_fallback_spans_every_weekend_that_can_lie_between(workdays: int, natural: str):
    assert fallback(workdays) == natural


def test_a_choice_has_one_way_without_a_condition_and_names_every_way(drawing: Drawing):
    choices = [gate for gate in drawing.each("exclusiveGateway") if len(gate.findall("bpmn:outgoing", NS)) > 1]
    ways = {gate.get("id"): [drawing.flows[o.text] for o in gate.findall("bpmn:outgoing", NS)] for gate in choices}
    free = {
        key: [f.get("id") for f in out if f.find("bpmn:conditionExpression", NS) is None] for key, out in ways.items()
    }

    assert free == {gate.get("id"): [gate.get("default")] for gate in choices}
    assert [flow.get("id") for out in ways.values() for flow in out if not flow.get("name")] == []


# What a reader sees


def test_everything_in_the_model_is_drawn_and_nothing_else(drawing: Drawing):
    pools = {pool.get("id") for pool in drawing.each("participant")}

    assert drawing.boxes.keys() == drawing.nodes.keys() | drawing.lanes.keys() | pools
    assert drawing.lines.keys() == drawing.flows.keys()


def test_no_shape_covers_another(drawing: Drawing):
    hosts = {event.get("id"): event.get("attachedToRef") for event in drawing.each("boundaryEvent")}
    covered = [
        (one, two)
        for one, two in combinations(drawing.nodes, 2)
        if drawing.boxes[one].meets(drawing.boxes[two]) and hosts.get(one) != two and hosts.get(two) != one
    ]

    assert [
        pair for pair in covered if pair[1] not in drawing.inside(pair[0]) and pair[0] not in drawing.inside(pair[1])
    ] == []


def test_a_sub_process_holds_its_own_and_a_boundary_event_sits_on_its_host(drawing: Drawing):
    boxes = drawing.boxes
    outside = [
        (stage.get("id"), key)
        for stage in drawing.each("subProcess")
        for key in drawing.inside(stage.get("id")) & drawing.nodes.keys()
        if not boxes[stage.get("id")].holds(boxes[key])
    ]
    sitting = [(boxes[e.get("attachedToRef")], boxes[e.get("id")]) for e in drawing.each("boundaryEvent")]

    assert outside == []
    assert all(host.has_on_edge((event.x + event.width / 2, event.y + event.height / 2)) for host, event in sitting)


def test_a_lane_holds_what_it_names_and_leaves_room_for_its_own_name(drawing: Drawing):
    strays = [
        (key, ref.text)
        for key, lane in drawing.lanes.items()
        for ref in lane.findall("bpmn:flowNodeRef", NS)
        if not room_of(drawing.boxes[key]).holds(drawing.boxes[ref.text])
    ]

    # a boundary event may lean over the edge of its host's lane
    assert [(lane, key) for lane, key in strays if kind_of(drawing.nodes[key]) != "boundaryEvent"] == []


def test_every_node_of_the_process_lies_in_exactly_one_lane(drawing: Drawing):
    placed = sorted(ref.text for lane in drawing.lanes.values() for ref in lane.findall("bpmn:flowNodeRef", NS))
    top = sorted(key for key, node in drawing.nodes.items() if kind_of(node.getparent()) == "process")

    assert placed == top


def test_the_lanes_fill_the_pool_from_top_to_bottom(drawing: Drawing):
    room = room_of(drawing.pool)
    stacked = sorted((drawing.boxes[key] for key in drawing.lanes), key=lambda box: box.y)
    tops = [room.y, *(box.bottom for box in stacked)]

    assert [(box.x, box.y, box.right) for box in stacked] == [(room.x, top, room.right) for top in tops[:-1]]
    assert tops[-1] == room.bottom


def test_every_line_starts_and_ends_on_the_shapes_it_joins(drawing: Drawing):
    loose = [
        (flow, end)
        for flow, points in drawing.lines.items()
        for end, point in zip(drawing.ends_of(flow), (points[0], points[-1]), strict=True)
        if not drawing.boxes[end].has_on_edge(point)
    ]

    assert loose == []


def test_lines_run_straight_across_or_straight_down(drawing: Drawing):
    assert [flow for flow, stroke in drawing.strokes() if stroke.width and stroke.height] == []


def test_no_line_runs_through_a_shape(drawing: Drawing):
    through = [
        (flow, key)
        for flow, stroke in drawing.strokes()
        for key, box in drawing.solid()
        if touches(stroke, box) and key not in drawing.ends_of(flow)
    ]

    assert through == []


def test_lines_of_different_ways_never_lie_on_each_other(drawing: Drawing):
    strokes = list(drawing.strokes())
    merged = [
        (one, two)
        for (one, first), (two, second) in combinations(strokes, 2)
        if lie_together(first, second) and not set(drawing.ends_of(one)) & set(drawing.ends_of(two))
    ]

    assert merged == []


def test_every_name_outside_a_shape_is_placed_inside_the_pool(drawing: Drawing):
    outside = [n for n in drawing.each(*EVENTS, *GATEWAYS, "sequenceFlow") if n.get("name")]

    assert [element.get("id") for element in outside if element.get("id") not in drawing.labels] == []
    assert [key for key, label in drawing.labels.items() if not room_of(drawing.pool).holds(label)] == []


def test_no_label_covers_a_shape_a_line_or_another_label(drawing: Drawing):
    labels = drawing.labels.items()
    marks = [*drawing.solid(), *drawing.strokes()]

    assert [(one, two) for (one, a), (two, b) in combinations(labels, 2) if a.meets(b)] == []
    assert [(key, other) for key, label in labels for other, mark in marks if touches(mark, label)] == []


# What the forms and process.json say


def test_every_form_that_is_named_is_there(drawing: Drawing):
    named = {form.get("key") for form in drawing.find("//gov:form")}

    assert named <= drawing.manifest["forms"].keys()
    assert [name for name in drawing.manifest["forms"].values() if not (ROOT / "forms" / name).is_file()] == []


def test_every_condition_asks_for_a_value_that_its_form_can_hold(drawing: Drawing):
    asked = [CONDITION.fullmatch(condition.text) for condition in drawing.each("conditionExpression")]

    assert None not in asked
    assert [
        ask.group() for ask in asked if ask and ask["value"] not in options_of(drawing, ask["form"], ask["field"])
    ] == []


def test_every_setting_stands_in_process_json_with_the_drawing_s_own_value(drawing: Drawing):
    drawn = {limit.get("setting"): (int(limit.get("limit")), limit.get("unit")) for limit in limits_of(drawing)}
    listed = {entry["key"]: (entry["value"], entry["unit"]) for entry in drawing.manifest["settings"]}

    assert drawn == listed
    assert [entry["key"] for entry in drawing.manifest["settings"] if not (entry["title"] and entry["source"])] == []


def test_every_limit_says_what_it_rests_on(drawing: Drawing):
    assert [limit.get("setting") for limit in limits_of(drawing) if not limit.get("basis")] == []


def test_the_stages_name_every_task_that_waits_for_somebody_once(drawing: Drawing):
    named = [element for stage in drawing.manifest["stages"] for element in stage["elements"]]
    waiting = {task.get("id") for task in drawing.each("userTask")}

    assert sorted(named) == sorted(set(named))
    assert set(named) <= drawing.nodes.keys()
    assert not named or waiting <= set(named)


def test_every_letter_that_is_issued_is_known_and_the_other_way_round(drawing: Drawing):
    issued = drawing.find("//gov:operation[@name='issue_document']/gov:param[@name='kind']/@value")

    assert set(issued) == drawing.manifest["documents"].keys()


def room_of(box: Box) -> Box:
    """Return what a pool or lane has left beside its name."""
    return Box(box.x + NAME_STRIP, box.y, box.width - NAME_STRIP, box.height)


def touches(mark: Box, box: Box) -> bool:
    """Return whether a shape or a stroke, thin as it is, gets into a box."""
    return box.meets(Box(mark.x - 1, mark.y - 1, mark.width + 2, mark.height + 2))


def lie_together(one: Box, two: Box) -> bool:
    """Return whether two strokes run the same way along the same line for some length."""
    upright = one.width == two.width == 0 and one.x == two.x
    level = one.height == two.height == 0 and one.y == two.y
    across = min(one.right, two.right) - max(one.x, two.x)
    down = min(one.bottom, two.bottom) - max(one.y, two.y)
    return (upright and down > 0) or (level and across > 0)
