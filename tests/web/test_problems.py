"""The words for what a check of a model finds."""

from engine.domain.problems import Problem
from engine.runtime.codes import CODES
from engine.runtime.expressions import mistakes_in
from web.problems import PROBLEMS, problem_text


def test_every_code_of_the_runtime_has_its_words_and_there_are_no_others():
    assert set(PROBLEMS) == set(CODES)


def test_a_problem_with_an_expression_says_where_in_it_and_why_in_chinese(app):
    (mistake,) = mistakes_in('triage.decision == "yes"')
    problem = Problem("expression.invalid", "flow_1", 12, str(mistake), cause=mistake)

    with app.app_context():
        text = problem_text(problem)

    assert text == "12  flow_1  [expression.invalid]  表达式不能使用。（第1行第17列：比较相等请写 =，FEEL 中没有 ==）"
