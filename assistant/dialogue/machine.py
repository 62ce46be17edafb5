"""The conversation: `step(conversation, event, now)` → the next conversation and what is to be done.

Pure: no clock, no thread, no sound. Every event is handled in every state, or ignored on purpose:

- `Heard` while silence is awaited: a red flag, "stop", "that hurts" and "pause" take over at once; the rest
  is answered when silence has come.
- `Heard` otherwise: answered by its intent. Ignored: an intent that is not valid in this state, and an answer
  begun before its question.
- `VoiceBegan` makes it speak more softly, hardly at all if that may be a "stop"; `VoiceEnded`, and what is understood,
  as before. Ignored: a voice while it is silent.
- `DeviceLost` interrupts whatever goes on, `DeviceBack` resumes it when all are back. Ignored: a loss while another
  interruption is under way, a return when a person had paused.
- `Ready`, `Played`, `Ended`, `Silenced`: taken with the id that is awaited. Ignored: with any other id, for the
  state has moved on.
"""

from dataclasses import replace
from typing import assert_never

from assistant import script
from assistant.coaching.holds import Phase
from assistant.coaching.session import session_at
from assistant.dialogue.actions import Action, Kept, Save
from assistant.dialogue.events import (
    DeviceBack,
    DeviceLost,
    Ended,
    Event,
    Heard,
    Played,
    Ready,
    Silenced,
    VoiceBegan,
    VoiceEnded,
)
from assistant.dialogue.output import (
    Cut,
    begin_plan,
    on_output_ended,
    on_output_played,
    on_output_ready,
    on_output_silenced,
)
from assistant.dialogue.replies import emergency_number
from assistant.dialogue.replies.table import REPLIES
from assistant.dialogue.screening import answers_screening
from assistant.dialogue.state import (
    Asleep,
    Conversation,
    Emergency,
    Muted,
    Paused,
    Screening,
    ThenPause,
    ThenResume,
    state_of,
    valid_now,
)
from assistant.dialogue.turn import DUCK_DB, SUSPECTED_DUCK_DB, StepBuilder
from assistant.guidance.model import Guidance
from assistant.states import ALWAYS, State
from assistant.timeline import entries
from audio.frames import Frame, seconds
from intents.model import Intent

MISSES_ANSWERED = 3
"""So many utterances in a row that were not understood get an answer; then it is silent until one is."""

NEVER_DEFERRED = frozenset({Intent.RED_FLAG, Intent.STOP, Intent.THAT_HURTS, Intent.PAUSE, Intent.MUTE})
"""Never made to wait."""


def start(conversation: Conversation, now: Frame, guidance: Guidance) -> tuple[Conversation, tuple[Action, ...]]:
    """The very first actions: awake, it lets a short sound tell that it listens, and may ask the one thing it needs."""
    turn = StepBuilder(conversation, guidance, now)
    turn.note(entries.StateEntered(turn.state))
    if conversation.settings.volume:
        turn.apply_volume()
    if isinstance(conversation.mode, Asleep):
        turn.note(entries.FellAsleep("key"))
    else:
        turn.signal("listening")
        if conversation.asks_number and conversation.settings.number_wanted:
            emergency_number.ask_number(turn, script.HELLO)
            turn.note(entries.StateEntered(turn.state))
    return turn.conversation, tuple(turn.actions)


def step(
    conversation: Conversation, event: Event, now: Frame, guidance: Guidance
) -> tuple[Conversation, tuple[Action, ...]]:
    """One event, at frame `now`: the next conversation, and the actions in order."""
    turn = StepBuilder(conversation, guidance, now)
    before = state_of(conversation)
    match event:
        case Heard():
            _heard(turn, event, conversation.since)
        case VoiceBegan(alarmed=alarmed):
            turn.duck(SUSPECTED_DUCK_DB if alarmed else DUCK_DB)
        case VoiceEnded():
            turn.unduck()
        case Ready():
            _ready(turn, event)
        case Played():
            _played(turn, event)
        case Ended(id=id):
            mouth, ended = on_output_ended(conversation.channel, id)
            turn.change(channel=mouth)
            if ended:
                _ended(turn)
        case Silenced():
            mouth, cut = on_output_silenced(conversation.channel, event)
            turn.change(channel=mouth)
            if cut is not None:
                _silenced(turn, cut)
        case DeviceLost(device=device):
            _lost(turn, device)
        case DeviceBack(device=device):
            _back(turn, device)
        case _:
            assert_never(event)
    after = state_of(turn.conversation)
    if after is not before:
        turn.note(entries.StateEntered(after), event.at if isinstance(event, Played | Silenced) else None)
    if _kept(turn.conversation) != _kept(conversation):
        turn.actions.append(Save(_kept(turn.conversation)))
    return turn.conversation, tuple(turn.actions)


def _kept(conversation: Conversation) -> Kept:
    session = conversation.session
    return Kept(conversation.settings, session_at(session, session.place) if session else None)


def _heard(turn: StepBuilder, heard: Heard, asked: Frame) -> None:
    """`asked`: when the question, or the movement, that it may answer was begun."""
    doubted = turn.conversation.doubted
    if doubted is not None and heard.reading.text:
        turn.change(doubted=None)
        if heard.reading.intent == Intent.YES:
            _heard(turn, replace(doubted, reading=replace(doubted.reading, doubted=False)), asked)
            return
        if heard.reading.intent == Intent.NO:
            turn.signal("understood")
            return
    conversation, reading = turn.conversation, heard.reading
    if reading.intent is None or reading.doubted:
        _not_understood(turn, heard)
        return
    intent = Intent(reading.intent)
    if conversation.awaiting is not None and intent not in NEVER_DEFERRED:
        turn.change(deferred=(*conversation.deferred, heard))
        return
    late = heard.began < asked and intent not in ALWAYS
    unsure = isinstance(conversation.mode, Screening) and intent is Intent.NO and not answers_screening(reading)
    if late or unsure or intent not in valid_now(conversation):
        reason = "late" if late else "unsure" if unsure else "not valid now"
        turn.note(_miss(heard, reason))
        if state_of(conversation) not in (State.ASLEEP, State.MUTED):
            turn.signal("not_understood")
        if unsure:
            _ask_again(turn)
        return
    turn.change(misses=0)
    turn.unduck()
    turn.note(
        entries.IntentTaken(
            reading.text,
            intent,
            dict(reading.slots),
            round(reading.confidence, 3),
            seconds(heard.began),
            seconds(heard.until),
        )
    )
    if turn.state is State.HOLDING:
        turn.signal("understood")  # the words come a moment later, between two counts
    REPLIES[intent](turn, heard)


def _ask_again(turn: StepBuilder) -> None:
    turn.say(turn.guidance.screening.again)


def _miss(heard: Heard, reason: str) -> entries.NotUnderstood:
    return entries.NotUnderstood(heard.reading.text, seconds(heard.began), seconds(heard.until), reason)


def _not_understood(turn: StepBuilder, heard: Heard) -> None:
    conversation = turn.conversation
    text = heard.reading.text.strip()
    turn.note(_miss(heard, "unsure" if heard.reading.doubted else "no intent" if text else "no words"))
    asleep = isinstance(conversation.mode, Asleep | Muted)
    if asleep or not text or conversation.awaiting is not None or conversation.misses >= MISSES_ANSWERED:
        return
    turn.change(misses=conversation.misses + 1)
    if heard.reading.doubted and heard.reading.intent in valid_now(conversation):
        turn.change(doubted=heard)
        turn.aside(script.did_you_say(text))
        return
    match conversation.mode:
        case Screening():
            _ask_again(turn)
        case Emergency():
            turn.aside(script.CALL_IF_UNSURE)
        case _:
            turn.aside(script.not_understood(text, turn.hint(script.choices)))


def _ready(turn: StepBuilder, event: Ready) -> None:
    mouth = turn.conversation.channel
    if mouth.aside is not None and mouth.aside.id == event.id:
        turn.weave_aside(event.lengths)
        return
    mouth, actions = on_output_ready(mouth, event)
    turn.change(channel=mouth)
    turn.actions += actions


def _played(turn: StepBuilder, event: Played) -> None:
    mouth = turn.conversation.channel
    current = mouth.now is not None and mouth.now.id == event.id
    # What is no longer current was played all the same: the timeline has it, the session does not follow it.
    if not current and not isinstance(event.mark, entries.Entry):
        return
    turn.change(channel=on_output_played(mouth, event))
    session = turn.conversation.session
    match event.mark:
        case Phase(state=phase) if session is not None:
            turn.change(session=replace(session, phase=phase))
        case entries.MovementBegun(repetition=repetition) as entry if session is not None:
            turn.note(entry, event.at)
            turn.change(session=replace(session, place=replace(session.place, repetition=repetition)))
        case entries.Entry() as entry:
            turn.note(entry, event.at)
        case _:
            pass


def _ended(turn: StepBuilder) -> None:
    if turn.conversation.channel.aside is not None:
        # The words came too late to be woven in: they open the next plan, or are said alone.
        mouth, actions = begin_plan(turn.conversation.channel, (), turn.settings_voice)
        turn.change(channel=mouth)
        turn.actions += actions
    if turn.state in (State.INSTRUCTING, State.HOLDING, State.RESTING):
        turn.advance()


def _lost(turn: StepBuilder, device: entries.Device) -> None:
    turn.note(entries.DeviceDropped(device))
    turn.change(lost=turn.conversation.lost | {device})
    if turn.conversation.awaiting is None:
        # Whoever cannot be heard, or hear, cannot be led: everything waits. A lost speaker cannot say so.
        words = script.CANNOT_HEAR if device == "microphone" else ""
        turn.interrupt(ThenPause("device", words))


def _back(turn: StepBuilder, device: entries.Device) -> None:
    turn.note(entries.DeviceReturned(device))
    turn.change(lost=turn.conversation.lost - {device})
    mode = turn.conversation.mode
    if not turn.conversation.lost and isinstance(mode, Paused) and mode.cause == "device":
        turn.interrupt(ThenResume("device"))


def _silenced(turn: StepBuilder, cut: Cut) -> None:
    then, deferred, asked = turn.conversation.awaiting, turn.conversation.deferred, turn.conversation.since
    turn.change(awaiting=None, deferred=())
    if then is not None:
        turn.complete(then, cut)
    for heard in deferred:
        # Said while it was falling silent: meant for what follows, a "go on" right after a "pause".
        _heard(turn, heard, asked)
