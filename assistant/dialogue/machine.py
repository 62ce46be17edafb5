"""The dialogue's state machine: `step(conversation, event, now)` gives the next conversation and the actions.

Pure: no clock, no thread, no sound. Every event is handled in every state, or ignored on purpose:

- `Heard` while silence is awaited: a red flag, "stop", "that hurts", "pause" and "stop listening" take over at once;
  everything else is answered after the silence.
- `Heard` otherwise: answered by the reply to its intent. Ignored: an intent that is not valid in this state, and an
  answer that began before its question.
- What was meant in one breath is weighed first (`parts.precedence`): part of it may yield to the rest. What else is
  left comes after that, as `Heard` of its own that `follows`; what is not valid by then is dropped. In an emergency the
  replies are those of `replies.alarms`; what else is asked is refused.
- `TimePassed` lets Limber speak up to a person who has not answered, or remind them. Ignored: if that is not due.
- `ClockSet` counts the civil time, and what is due by it, from another time on.
- `VoiceBegan` ducks the output, by far more if a barge-in is suspected; `VoiceEnded`, or a `Heard` that is understood,
  ends the ducking. Ignored: a voice while the output is silent.
- `DeviceLost` interrupts whatever goes on; `DeviceBack` resumes that once no device is lost. Ignored: a loss while
  another interruption is under way, a return after the person had paused.
- `SaveFailed` is told once, at the next moment at which that interrupts nothing, and again only after a `Saved`. Limber
  tells nothing of it in an emergency, asleep or muted, nor while silence is awaited, but afterwards.
- `RoutinesRead` changes which routines there are. What is new, and what cannot be used, is told once, at rest.
- `Ready`, `Played`, `Ended`, `Silenced`: taken with the id that is awaited. Ignored: any other id, for the state has
  moved on.
"""

from dataclasses import replace
from typing import assert_never

from assistant import script
from assistant.coaching.marks import CoachMark, HoldEndMark, PhaseMark, RepetitionMark, entry_of
from assistant.coaching.plan import Beat
from assistant.coaching.session import session_at
from assistant.dialogue.actions import Action, Kept, Save, SaveReminders
from assistant.dialogue.ducking import DUCK_DB, SUSPECTED_DUCK_DB, apply_volume, duck, unduck
from assistant.dialogue.events import (
    ClockSet,
    DeviceBack,
    DeviceLost,
    Ended,
    Event,
    Heard,
    Played,
    Ready,
    RoutinesRead,
    Saved,
    SaveFailed,
    Silenced,
    TimePassed,
    VoiceBegan,
    VoiceEnded,
)
from assistant.dialogue.output import (
    Cut,
    Playing,
    Preparing,
    Silencing,
    begin_plan,
    is_current,
    on_output_ended,
    on_output_played,
    on_output_ready,
    on_output_silenced,
)
from assistant.dialogue.parts.announced import ThenPause, ThenResume
from assistant.dialogue.parts.modes import (
    Asleep,
    Coaching,
    Emergency,
    Mode,
    Muted,
    Offering,
    Paused,
    Practising,
    Screening,
)
from assistant.dialogue.replies import emergency_number
from assistant.dialogue.replies.starting_out.welcome import begin_welcome
from assistant.dialogue.safety.due import end_softness, no_longer_reminded, set_clock
from assistant.dialogue.safety.reminders import remind
from assistant.dialogue.state import Conversation, is_quiet, present_session, state_of
from assistant.dialogue.step_builder import StepBuilder
from assistant.dialogue.transitions import advance, complete, settle, splice_aside
from assistant.dialogue.unasked.new_routines import take_routines, tell_routines
from assistant.dialogue.what_was_heard import hear, hear_further
from assistant.guidance.schema import Guidance
from assistant.history.stretch_record import known_time
from assistant.reminders.civil import civil_at
from assistant.script.stretching import were_at
from assistant.states import State
from assistant.timeline import entries
from audio.frames import Frame


def start(conversation: Conversation, now: Frame, guidance: Guidance) -> tuple[Conversation, tuple[Action, ...]]:
    """Begin a session: an earcon tells that Limber listens, and it welcomes who is new, or asks for a missing number.

    Asleep, Limber does nothing of that.
    """
    builder = StepBuilder(conversation, guidance, now)
    builder.note(entries.StateEntered(builder.state))
    if conversation.settings.volume:
        apply_volume(builder)
    if isinstance(conversation.mode, Asleep):
        builder.note(entries.FellAsleep("key"))
    else:
        builder.signal("listening")
        if not conversation.settings.welcomed and not conversation.offers_rest:
            begin_welcome(builder, conversation.notice)
            settle(builder)
            builder.note(entries.StateEntered(builder.state))
        elif conversation.asks_number and conversation.settings.number_wanted:
            emergency_number.ask_number(builder, script.HELLO, conversation.notice)
            settle(builder)
            builder.note(entries.StateEntered(builder.state))
        elif conversation.notice or conversation.offers_rest:
            _say_at_start(builder)
    _save(builder, conversation)
    return builder.conversation, tuple(builder.actions)


def _say_at_start(builder: StepBuilder) -> None:
    """Say what is to be noticed, and offer to go on with the session that something interrupted."""
    conversation = builder.conversation
    lines = (conversation.notice,) if conversation.notice else ()
    session = conversation.session if conversation.offers_rest else None
    if session is None:
        builder.say(*lines)
        settle(builder)
        return
    dose, place = session.dose, session.place
    offer = were_at(dose.movement.title, session.part.side, place.repetition, dose.repetitions)
    builder.say(*lines, offer, mode=Offering(session, plan_told=False))
    settle(builder)
    builder.note(entries.StateEntered(builder.state))


def step(
    conversation: Conversation, event: Event, now: Frame, guidance: Guidance
) -> tuple[Conversation, tuple[Action, ...]]:
    """Take one event at frame `now`: the next conversation, and the actions in order."""
    builder = StepBuilder(conversation, guidance, now)
    before = state_of(conversation)
    match event:
        case Heard():
            hear(builder, event, conversation.question_began)
            no_longer_reminded(builder, before=conversation)
        case TimePassed():
            remind(builder)
        case ClockSet(civil=civil):
            set_clock(builder, civil)
        case VoiceBegan(suspected=suspected):
            duck(builder, SUSPECTED_DUCK_DB if suspected else DUCK_DB)
        case VoiceEnded():
            unduck(builder)
        case Ready():
            _ready(builder, event)
        case Played():
            _played(builder, event)
        case Ended(id=id):
            output, ended = on_output_ended(conversation.output, id)
            builder.change(output=output)
            if ended:
                _ended(builder, conversation.output.now)
        case Silenced():
            output, cut = on_output_silenced(conversation.output, event)
            builder.change(output=output)
            if cut is not None:
                _silenced(builder, cut)
        case DeviceLost(device=device):
            _lost(builder, device)
        case DeviceBack(device=device):
            _back(builder, device)
        case SaveFailed(problem=problem):
            builder.note(entries.NotSaved(problem))
            _save_failed(builder)
        case Saved():
            builder.change(saving_fails=False)
        case RoutinesRead():
            take_routines(builder, event)
        case _:
            assert_never(event)
    settle(builder)
    _mention(builder, event)
    _wait(builder, spoken=_spoken(event))
    end_softness(builder)
    after = state_of(builder.conversation)
    if after is not before or _asked_for_another_wish(conversation.mode, builder.conversation.mode):
        builder.note(entries.StateEntered(after), event.at if isinstance(event, Played | Silenced) else None)
    _save(builder, conversation)
    return builder.conversation, tuple(builder.actions)


def _spoken(event: Event) -> bool:
    """Whether somebody has just spoken."""
    return bool(event.reading.text.strip()) if isinstance(event, Heard) else isinstance(event, VoiceBegan | VoiceEnded)


def _save(builder: StepBuilder, before: Conversation) -> None:
    """Have what the profile keeps written, where it has changed."""
    now = builder.conversation
    if _kept(now) != _kept(before):
        civil = None if now.civil_start is None else known_time(civil_at(now.civil_start, builder.now))
        builder.actions.append(Save(_kept(now), civil))
    if now.reminders.kept != before.reminders.kept:
        builder.actions.append(SaveReminders(now.reminders))


def _mention(builder: StepBuilder, event: Event) -> None:
    """Say what is of no urgency and was not told yet, where that interrupts nothing."""
    if builder.conversation.failure_untold and _may_mention(builder.conversation):
        builder.change(failure_untold=False)
        builder.aside(script.CANNOT_SAVE)
    if not isinstance(event, Heard | VoiceBegan):  # more may follow in the same breath: "wake up, start back class"
        tell_routines(builder)


def _save_failed(builder: StepBuilder) -> None:
    """Have it told that saving fails, once until it works again."""
    untold = not builder.conversation.saving_fails or builder.conversation.failure_untold
    builder.change(saving_fails=True, failure_untold=untold)


def _wait(builder: StepBuilder, *, spoken: bool) -> None:
    """Note when Limber began to wait for the person. `spoken`: somebody has just spoken, so that it begins anew."""
    wait = builder.conversation.wait
    if not is_quiet(builder.conversation):
        waiting = replace(wait, quiet=None, since=None if spoken else wait.since)
    elif spoken or wait.quiet is None:
        waiting = replace(wait, quiet=builder.now, since=builder.now if spoken or wait.since is None else wait.since)
    else:
        return
    if waiting != wait:
        builder.change(wait=waiting)


def _may_mention(conversation: Conversation) -> bool:
    """Whether a line of no urgency would interrupt nothing now: in silence, or before the next plan of a session."""
    output = conversation.output
    free = output.quiet or (isinstance(output.now, Preparing) and isinstance(conversation.mode, Coaching))
    listening = not isinstance(conversation.mode, Emergency | Asleep | Muted)
    return free and listening and conversation.awaiting is None and "speaker" not in conversation.lost_devices


def _kept(conversation: Conversation) -> Kept:
    session = conversation.session
    place = session_at(session, session.place) if session else None
    offered = conversation.offers_rest and isinstance(conversation.mode, Offering)
    interrupted = offered or present_session(conversation) is not None
    return Kept(conversation.settings, place, conversation.own.spoken, interrupted)


def _ready(builder: StepBuilder, event: Ready) -> None:
    output = builder.conversation.output
    if output.aside is not None and output.aside.id == event.id:
        splice_aside(builder, event.lengths)
        return
    output, actions = on_output_ready(output, event)
    builder.change(output=output)
    builder.actions += actions


def _played(builder: StepBuilder, event: Played) -> None:
    output, mark = builder.conversation.output, event.mark
    if isinstance(mark, CoachMark) and (entry := entry_of(mark)) is not None:
        builder.note(entry, event.at)
    # A score that was given up was played all the same: the timeline notes its cues, the session ignores them.
    if not is_current(output, event.id):
        return
    builder.change(output=on_output_played(output, event))
    session = builder.conversation.session
    match mark:
        case PhaseMark(state=phase) if session is not None:
            builder.change(session=replace(session, phase=phase))
        case HoldEndMark(held=held) if session is not None:
            builder.change(session=replace(session, held=session.held + held))
        case RepetitionMark(repetition=repetition) if session is not None:
            builder.change(session=replace(session, place=replace(session.place, repetition=repetition)))
        case _:
            pass


def _ended(builder: StepBuilder, played: Preparing | Playing | Silencing | None) -> None:
    if builder.conversation.output.aside is not None:
        # The plan ended before the aside could be spliced in: the aside opens the next plan, or is said alone.
        output, actions = begin_plan(builder.conversation.output, (), builder.settings_voice)
        builder.change(output=output)
        builder.actions += actions
    elif isinstance(builder.conversation.mode, Practising) and isinstance(played, Playing) and _counted(played):
        builder.change(mode=replace(builder.conversation.mode, ran_out=True))
    if builder.state in (State.INSTRUCTING, State.HOLDING, State.RESTING):
        advance(builder)


def _counted(played: Playing) -> bool:
    return any(isinstance(placed.item, Beat) for placed in played.layout)


def _lost(builder: StepBuilder, device: entries.Device) -> None:
    builder.note(entries.DeviceDropped(device))
    builder.change(lost_devices=builder.conversation.lost_devices | {device})
    if builder.conversation.awaiting is None:
        # A person who cannot hear, or be heard, cannot be led: everything waits. Without a speaker nothing is said.
        words = script.CANNOT_HEAR if device == "microphone" else ""
        builder.interrupt(ThenPause("device", words))


def _back(builder: StepBuilder, device: entries.Device) -> None:
    builder.note(entries.DeviceReturned(device))
    builder.change(lost_devices=builder.conversation.lost_devices - {device})
    mode = builder.conversation.mode
    if not builder.conversation.lost_devices and isinstance(mode, Paused) and mode.cause == "device":
        builder.interrupt(ThenResume("device"))


def _silenced(builder: StepBuilder, cut: Cut) -> None:
    before = builder.conversation
    builder.change(awaiting=None, deferred=())
    if before.awaiting is not None:
        complete(builder, before.awaiting, cut)
    for at, heard in enumerate(before.deferred, 1):
        # Said while silence was awaited, and meant for what follows: a "go on" right after a "pause".
        if heard.follows:
            builder.more = any(later.follows for later in before.deferred[at:])
            hear_further(builder, heard)
        else:
            hear(builder, heard, before.question_began)
        settle(builder)


def _asked_for_another_wish(before: Mode, after: Mode) -> bool:
    """Whether the screening question was asked anew, for another wish than the one it was open for."""
    return isinstance(before, Screening) and isinstance(after, Screening) and before.wish != after.wish
