"""The table of replies: one for every intent of the coach."""

from collections.abc import Mapping
from types import MappingProxyType

from assistant.dialogue.replies import emergency_number
from assistant.dialogue.replies.flow import (
    goodbye,
    mute,
    never_mind,
    no,
    pause,
    ready,
    red_flag,
    resume,
    skip,
    start_movement,
    start_routine,
    stop,
    that_hurts,
    wait,
    wake,
    yes,
)
from assistant.dialogue.replies.navigation import gentler, go_back, go_to_next, skip_instructions, start_over
from assistant.dialogue.replies.preferences import (
    count_aloud,
    count_silently,
    louder,
    quieter,
    speak_faster,
    speak_slower,
    undo,
)
from assistant.dialogue.replies.progress import PROGRESS
from assistant.dialogue.replies.topics import Reply, about, about_slot, more, radiates, what_helps
from intents.model import Intent

REPLIES: Mapping[Intent, Reply] = MappingProxyType(
    {
        **PROGRESS,
        Intent.START_ROUTINE: start_routine,
        Intent.START_MOVEMENT: start_movement,
        Intent.YES: yes,
        Intent.NO: no,
        Intent.READY: ready,
        Intent.WAIT: wait,
        Intent.PAUSE: pause,
        Intent.RESUME: resume,
        Intent.NEXT: go_to_next,
        Intent.SKIP: skip,
        Intent.BACK: go_back,
        Intent.STOP: stop,
        Intent.START_OVER: start_over,
        Intent.NEVER_MIND: never_mind,
        Intent.COUNT_ALOUD: count_aloud,
        Intent.COUNT_SILENTLY: count_silently,
        Intent.THAT_HURTS: that_hurts,
        Intent.GENTLER: gentler,
        Intent.SKIP_INSTRUCTIONS: skip_instructions,
        Intent.OVERVIEW: about("overview"),
        Intent.WHAT_HELPS: what_helps,
        Intent.MEASURE: about_slot("measure"),
        Intent.CAUSES: about("causes"),
        Intent.CAUSE: about_slot("cause"),
        Intent.PREVENTION: about("prevention"),
        Intent.STRATEGY: about_slot("strategy"),
        Intent.SEE_PROFESSIONAL: about("see_professional"),
        Intent.PAINKILLERS: about("painkillers"),
        Intent.MORE: more,
        Intent.RED_FLAG: red_flag,
        Intent.RADIATES: radiates,
        Intent.SPEAK_FASTER: speak_faster,
        Intent.SPEAK_SLOWER: speak_slower,
        Intent.LOUDER: louder,
        Intent.QUIETER: quieter,
        Intent.MUTE: mute,
        Intent.UNMUTE: wake,
        Intent.WAKE: wake,
        Intent.UNDO: undo,
        Intent.EMERGENCY_NUMBER: emergency_number.change_number,
        Intent.ASK_EMERGENCY_NUMBER: emergency_number.tell_number,
        Intent.DIGITS: emergency_number.answer_digits,
        Intent.GOODBYE: goodbye,
    }
)
"""The reply to each intent; none may be missing."""
