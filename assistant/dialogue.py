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
- `SaveFailed` is told once, at the next moment at which that interrupts nothing and nobody, and again only after
  `Saved`. Not told in an emergency, asleep or muted, nor while silence is awaited: it waits for the end of these.
- `Ready`, `Played`, `Ended`, `Silenced`: taken with the id that is awaited. Ignored: with any other id, for the
  state has moved on.
"""

from dataclasses import replace
from typing import assert_never

from assistant import channel, coach, emergency_number, entries, script
from assistant.channel import Preparing
from assistant.conversation import (
    Asleep,
    Coaching,
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
from assistant.events import (
    Action,
    DeviceBack,
    DeviceLost,
    Ended,
    Event,
    Heard,
    Kept,
    Played,
    Ready,
    Save,
    Saved,
    SaveFailed,
    Silenced,
    VoiceBegan,
    VoiceEnded,
)
from assistant.guidance import Guidance
from assistant.replies import REPLIES
from assistant.turn import DUCK, HUSH, Turn
from assistant.validity import ALWAYS, State
from audio.timeline import Frame, seconds
from intents.model import Intent, Reading
from intents.text import words_of

MISSES_ANSWERED = 3
"""So many utterances in a row that were not understood get an answer; then it is silent until one is."""

URGENT = frozenset({Intent.RED_FLAG, Intent.STOP, Intent.THAT_HURTS, Intent.PAUSE, Intent.MUTE})
"""Never made to wait."""

SURE_NO = 0.7
"""A "no" that would let a stretch begin must be heard at least this surely; else it is asked again."""

HEDGES = frozenset({"idea", "think", "guess", "suppose", "maybe", "probably", "hope", "believe", "really", "sure"})
UNKNOWN = "not know"
"""Words that make a "no" unclear: "I don't think so" is asked again too, and so is "I don't know"."""
OUTCRY, MOST_NOES = frozenset({"no", "oh", "ah"}), 2
"""What is cried has no other words than these; and of "no" alone, so many are an answer still."""


def start(conversation: Conversation, now: Frame, guidance: Guidance) -> tuple[Conversation, tuple[Action, ...]]:
    """The very first actions: awake, it lets a short sound tell that it listens, and may ask the one thing it needs."""
    turn = Turn(conversation, guidance, now)
    turn.note(entries.State(turn.state))
    if conversation.settings.volume:
        turn.apply_volume()
    if isinstance(conversation.mode, Asleep):
        turn.note(entries.Asleep("key"))
    else:
        turn.signal("listening")
        if conversation.asks_number and conversation.settings.number_wanted:
            emergency_number.ask(turn, script.HELLO)
            turn.note(entries.State(turn.state))
    return turn.conversation, tuple(turn.actions)


def step(
    conversation: Conversation, event: Event, now: Frame, guidance: Guidance
) -> tuple[Conversation, tuple[Action, ...]]:
    """One event, at frame `now`: the next conversation, and the actions in order."""
    turn = Turn(conversation, guidance, now)
    before = state_of(conversation)
    match event:
        case Heard():
            _heard(turn, event, conversation.since)
        case VoiceBegan(alarmed=alarmed):
            turn.duck(HUSH if alarmed else DUCK)
        case VoiceEnded():
            turn.unduck()
        case Ready():
            _ready(turn, event)
        case Played():
            _played(turn, event)
        case Ended(id=id):
            mouth, ended = channel.on_ended(conversation.channel, id)
            turn.change(channel=mouth)
            if ended:
                _ended(turn)
        case Silenced():
            mouth, cut = channel.on_silenced(conversation.channel, event)
            turn.change(channel=mouth)
            if cut is not None:
                _silenced(turn, cut)
        case DeviceLost(device=device):
            _lost(turn, device)
        case DeviceBack(device=device):
            _back(turn, device)
        case SaveFailed(problem=problem):
            turn.note(entries.NotSaved(problem))
            turn.change(saving_fails=True, failure_untold=not conversation.saving_fails or conversation.failure_untold)
        case Saved():
            turn.change(saving_fails=False)
        case _:
            assert_never(event)
    if turn.conversation.failure_untold and _may_mention(turn.conversation):
        turn.change(failure_untold=False)
        turn.aside(script.CANNOT_SAVE)
    after = state_of(turn.conversation)
    if after is not before:
        turn.note(entries.State(after), event.at if isinstance(event, Played | Silenced) else None)
    if _kept(turn.conversation) != _kept(conversation):
        turn.actions.append(Save(_kept(turn.conversation)))
    return turn.conversation, tuple(turn.actions)


def _may_mention(conversation: Conversation) -> bool:
    """Whether something of no urgency can be said now without interrupting anything: in silence, or before a hold."""
    mouth = conversation.channel
    free = mouth.quiet or (isinstance(mouth.now, Preparing) and isinstance(conversation.mode, Coaching))
    listening = not isinstance(conversation.mode, Emergency | Asleep | Muted)
    return free and listening and conversation.awaiting is None and "speaker" not in conversation.lost


def _kept(conversation: Conversation) -> Kept:
    session = conversation.session
    return Kept(conversation.settings, coach.at(session, session.place) if session else None)


def _heard(turn: Turn, heard: Heard, asked: Frame) -> None:
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
    if conversation.awaiting is not None and intent not in URGENT:
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
        entries.Heard(
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


def answers_screening(no: Reading) -> bool:
    """Whether a "no" is clear enough to let a stretch begin."""
    words = words_of(no.text)
    # "Oh no" and "no no no" are cried at somebody else.
    cried = OUTCRY.issuperset(words) and (len(words) > MOST_NOES or words[:1] != ["no"])
    return no.confidence >= SURE_NO and not cried and HEDGES.isdisjoint(words) and UNKNOWN not in " ".join(words)


def _ask_again(turn: Turn) -> None:
    turn.say(turn.guidance.screening.again)


def _miss(heard: Heard, reason: str) -> entries.NotUnderstood:
    return entries.NotUnderstood(heard.reading.text, seconds(heard.began), seconds(heard.until), reason)


def _not_understood(turn: Turn, heard: Heard) -> None:
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


def _ready(turn: Turn, event: Ready) -> None:
    mouth = turn.conversation.channel
    if mouth.aside is not None and mouth.aside.id == event.id:
        turn.weave_aside(event.lengths)
        return
    mouth, actions = channel.on_ready(mouth, event)
    turn.change(channel=mouth)
    turn.actions += actions


def _played(turn: Turn, event: Played) -> None:
    mouth = turn.conversation.channel
    current = mouth.now is not None and mouth.now.id == event.id
    # What is no longer current was played all the same: the timeline has it, the session does not follow it.
    if not current and not isinstance(event.mark, entries.Entry):
        return
    turn.change(channel=channel.on_played(mouth, event))
    session = turn.conversation.session
    match event.mark:
        case coach.Phase(state=phase) if session is not None:
            turn.change(session=replace(session, phase=phase))
        case entries.Movement(repetition=repetition) as entry if session is not None:
            turn.note(entry, event.at)
            turn.change(session=replace(session, place=replace(session.place, repetition=repetition)))
        case entries.Entry() as entry:
            turn.note(entry, event.at)
        case _:
            pass


def _ended(turn: Turn) -> None:
    if turn.conversation.channel.aside is not None:
        # The words came too late to be woven in: they open the next plan, or are said alone.
        mouth, actions = channel.begin(turn.conversation.channel, (), turn.settings_voice)
        turn.change(channel=mouth)
        turn.actions += actions
    if turn.state in (State.INSTRUCTING, State.HOLDING, State.RESTING):
        turn.advance()


def _lost(turn: Turn, device: entries.Device) -> None:
    turn.note(entries.DeviceLost(device))
    turn.change(lost=turn.conversation.lost | {device})
    if turn.conversation.awaiting is None:
        # Whoever cannot be heard, or hear, cannot be led: everything waits. A lost speaker cannot say so.
        words = script.CANNOT_HEAR if device == "microphone" else ""
        turn.interrupt(ThenPause("device", words))


def _back(turn: Turn, device: entries.Device) -> None:
    turn.note(entries.DeviceBack(device))
    turn.change(lost=turn.conversation.lost - {device})
    mode = turn.conversation.mode
    if not turn.conversation.lost and isinstance(mode, Paused) and mode.cause == "device":
        turn.interrupt(ThenResume("device"))


def _silenced(turn: Turn, cut: channel.Cut) -> None:
    then, deferred, asked = turn.conversation.awaiting, turn.conversation.deferred, turn.conversation.since
    turn.change(awaiting=None, deferred=())
    if then is not None:
        turn.complete(then, cut)
    for heard in deferred:
        # Said while it was falling silent: meant for what follows, a "go on" right after a "pause".
        _heard(turn, heard, asked)
