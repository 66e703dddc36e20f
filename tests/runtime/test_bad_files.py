"""
Bad and good files: our own, and the whole collection where it stands beside the checkout.

None of those models has our forms, candidates and operations, and that alone would refuse them: it is left out of
account here, so that each bad file is refused for what is wrong with it.
"""

from pathlib import Path

import pytest

from tests.runtime.walking import RUNTIME

OWN = Path(__file__).parent / "data"
COLLECTION = Path(__file__).parents[3] / "shared" / "conformance" / "bad"
OURS = {"task.form", "task.candidates", "operation.none", "xml.schema"}
NOT_OURS = {"g04_flowable.bpmn": {"element.unknown", "attribute.unknown"}}  # another's forms
REASONS = {
    "x01_xxe_file": "xml.doctype",
    "x04_parameter_entity_oob": "xml.doctype",
    "x07_internal_entity_only": "xml.doctype",
    "x10_utf7_declared": "xml.encoding",
    "x13_php_pi": "xml.instruction",
    "x16_huge_attribute": "xml.limits",
    "x19_empty": "xml.empty",
    "x23_wrong_namespace": "xml.root",
    "x26_gbk_bytes_as_utf8": "xml.encoding",
    "x29_two_roots": "xml.malformed",
    "x32_entity_in_attribute": "xml.doctype",
    "a01_script_python_os": "element.script",
    "a04_execution_listener_script": "element.unknown",
    "a07_delegate_expression": "attribute.unknown",
    "a10_flowable_http_ssrf": "attribute.unknown",
    "a13_spiff_prescript": "element.unknown",
    "a16_cond_python_import": "expression.invalid",
    "a19_cond_javascript": "expression.language",
    "a22_timer_python": "timer.unreadable",
    "a25_input_parameter_script": "element.unknown",
    "a28_adhoc_completion_python": "expression.invalid",
    "a31_feel_external_java": "expression.invalid",
    "a34_assignee_expression": "attribute.unknown",
    "a37_cond_too_long": "expression.invalid",
    "t01_timer_not_iso": "timer.unreadable",
    "t04_timer_flood": "timer.flood",
    "t07_timer_empty": "timer.none",
    "t10_cardinality_bomb": "loop.instances",
    "t13_tight_loop": "flow.endless",
    "s01_duplicate_id": "id.duplicate",
    "s04_dangling_message": "reference.dangling",
    "s07_no_process": "process.not_executable",
    "s10_default_not_own_flow": "flow.default",
    "s13_event_gateway_to_task": "flow.event_gateway",
    "s16_flow_into_start": "flow.direction",
    "s19_di_dangling": "reference.dangling",
    "s22_message_flow_dangling": "reference.dangling",
    "s25_business_rule_without_decision": "decision.none",
    "s28_process_id_reserved": "id.reserved",
    "m01_doc_script_tag": "markup.active",
    "m04_annotation_svg_onload": "markup.active",
    "m07_color_attribute_breakout": "markup.colour",
    "m10_link_obfuscated": "markup.active",
    "m13_bidi_override": "markup.bidi",
}


def found(verdict: str) -> list[Path]:
    """Return the files of a verdict, our own first."""
    return [path for folder in (OWN, COLLECTION) for path in sorted((folder / verdict).glob("*.bpmn"))]


def reasons(path: Path) -> set[str]:
    return {problem.code for problem in RUNTIME.check(path.read_bytes()) if problem.refused} - OURS


@pytest.mark.parametrize("path", found("bad"), ids=lambda path: path.name)
def test_a_bad_file_is_refused_for_what_is_wrong_with_it(path: Path):
    assert REASONS[path.stem] in reasons(path)


@pytest.mark.parametrize("path", found("good"), ids=lambda path: path.name)
def test_a_good_file_is_accepted(path: Path):
    assert reasons(path) == NOT_OURS.get(path.name, set())


def test_our_own_files_are_there_whatever_stands_beside_the_checkout():
    own = {path.stem for path in (OWN / "bad").glob("*.bpmn")}

    assert len(own) == 19
    assert own <= REASONS.keys()
    assert len(list((OWN / "good").glob("*.bpmn"))) == 4


@pytest.mark.parametrize("path", [p for p in found("bad") if not p.stem.startswith("x")], ids=lambda path: path.name)
def test_a_refusal_names_the_element(path: Path):
    problems = [p for p in RUNTIME.check(path.read_bytes()) if p.code == REASONS[path.stem]]

    assert all(problem.element and problem.line and problem.message for problem in problems)
