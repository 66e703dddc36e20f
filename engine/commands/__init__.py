"""What can be done: one module a command, a frozen dataclass and a function of the same name."""

from collections.abc import Callable
from typing import Any

from engine.commands.add_account import AddAccount, add_account
from engine.commands.add_unit import AddUnit, add_unit
from engine.commands.answer_urge import AnswerUrge, answer_urge
from engine.commands.change_password import ChangePassword, change_password
from engine.commands.change_variables import ChangeVariables, change_variables
from engine.commands.claim_task import ClaimTask, claim_task
from engine.commands.comment_on_task import CommentOnTask, comment_on_task
from engine.commands.confirm_calendar import ConfirmCalendar, confirm_calendar
from engine.commands.count_query import CountQuery, count_query
from engine.commands.deploy_process import DeployProcess, deploy_process
from engine.commands.enter_late_pause import EnterLatePause, enter_late_pause
from engine.commands.fire_timer import FireTimer, fire_timer
from engine.commands.inspect_instance import InspectInstance, inspect_instance
from engine.commands.keep_pdf import KeepPdf, keep_pdf
from engine.commands.keep_self_check import KeepSelfCheck, keep_self_check
from engine.commands.lease_messages import LeaseMessages, lease_messages
from engine.commands.lease_timers import LeaseTimers, lease_timers
from engine.commands.load_calendar import LoadCalendar, load_calendar
from engine.commands.mark_message import MarkMessage, mark_message
from engine.commands.migrate_case import MigrateCase, migrate_case
from engine.commands.move_clock import MoveClock, move_clock
from engine.commands.move_token import MoveToken, move_token
from engine.commands.open_house import OpenHouse, open_house
from engine.commands.pause_clock import PauseClock, pause_clock
from engine.commands.preview_calendar import PreviewCalendar, preview_calendar
from engine.commands.propose_calendar import ProposeCalendar, propose_calendar
from engine.commands.rate_case import RateCase, rate_case
from engine.commands.read_notices import ReadNotices, read_notices
from engine.commands.reassign_task import ReassignTask, reassign_task
from engine.commands.record_timer_failure import RecordTimerFailure, record_timer_failure
from engine.commands.recount_clocks import RecountClocks, recount_clocks
from engine.commands.register_case import RegisterCase, register_case
from engine.commands.resume_clock import ResumeClock, resume_clock
from engine.commands.retry_timer import RetryTimer, retry_timer
from engine.commands.save_draft import SaveDraft, save_draft
from engine.commands.set_duty import SetDuty, set_duty
from engine.commands.settle_clocks import SettleClocks, settle_clocks
from engine.commands.sign_in import SignIn, sign_in
from engine.commands.sign_out import SignOut, sign_out
from engine.commands.submit_form import SubmitForm, submit_form
from engine.commands.touch_session import TouchSession, touch_session
from engine.commands.unclaim_task import UnclaimTask, unclaim_task
from engine.commands.undo_intervention import UndoIntervention, undo_intervention
from engine.commands.urge_task import UrgeTask, urge_task

HANDLERS: dict[type, Callable[[Any, Any], Any]] = {
    AddAccount: add_account,
    AddUnit: add_unit,
    ChangePassword: change_password,
    ChangeVariables: change_variables,
    ClaimTask: claim_task,
    ConfirmCalendar: confirm_calendar,
    CountQuery: count_query,
    DeployProcess: deploy_process,
    EnterLatePause: enter_late_pause,
    FireTimer: fire_timer,
    LeaseMessages: lease_messages,
    LeaseTimers: lease_timers,
    InspectInstance: inspect_instance,
    KeepPdf: keep_pdf,
    KeepSelfCheck: keep_self_check,
    LoadCalendar: load_calendar,
    MarkMessage: mark_message,
    MigrateCase: migrate_case,
    MoveClock: move_clock,
    MoveToken: move_token,
    OpenHouse: open_house,
    PauseClock: pause_clock,
    PreviewCalendar: preview_calendar,
    ProposeCalendar: propose_calendar,
    RateCase: rate_case,
    ReadNotices: read_notices,
    ReassignTask: reassign_task,
    RecordTimerFailure: record_timer_failure,
    RecountClocks: recount_clocks,
    RegisterCase: register_case,
    ResumeClock: resume_clock,
    RetryTimer: retry_timer,
    SaveDraft: save_draft,
    SetDuty: set_duty,
    SettleClocks: settle_clocks,
    SignIn: sign_in,
    SignOut: sign_out,
    SubmitForm: submit_form,
    TouchSession: touch_session,
    UndoIntervention: undo_intervention,
    AnswerUrge: answer_urge,
    CommentOnTask: comment_on_task,
    UnclaimTask: unclaim_task,
    UrgeTask: urge_task,
}
