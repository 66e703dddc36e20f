"""The words for what people do with tasks: who may read them finds them in `web/wording.py`."""

from web.language import later

TASK_REASONS = {
    "not_claimed": later("This task was given to you; give it to somebody else instead of putting it back."),
    "comment_missing": later("Write a comment of 4 to 2000 characters."),
    "urge_text_missing": later("Say in 4 to 2000 characters what you urge for."),
    "urge_answer_missing": later("Reply in 4 to 2000 characters."),
    "urged_today": later("You have urged this task already; you may again on the next working day."),
    "urge_citizen": later("The citizen cannot be urged here."),
    "no_urge_open": later("Nobody is waiting for a reply about this task."),
}
TASK_EVENTS = {
    "task.unclaimed": later("put %(name)s back, to be taken by others"),
    "task.commented": later("commented on %(name)s: %(text)s"),
    "task.urged": later("urged %(name)s: %(text)s"),
    "task.urge_answered": later("replied about %(name)s, having been urged: %(text)s"),
}
TASK_NOTICES = {
    "task_unclaimed": later("%(number)s: %(task)s was put back and may be taken"),
    "task_urged": later("%(number)s: you are urged to finish %(task)s; please reply: %(text)s"),
    "urge_answered": later("%(number)s: reply about %(task)s: %(text)s"),
}
