"""The table of replies: one for every intent of the coach."""

from collections.abc import Mapping
from types import MappingProxyType

from assistant import script
from assistant.dialogue.events import Heard
from assistant.dialogue.parts.telling import MOVEMENTS, ROUTINES
from assistant.dialogue.replies import changing_settings, emergency_number
from assistant.dialogue.replies.alarms import (
    call_for_help,
    false_alarm,
    help_coming,
    radiates,
    red_flag,
    self_harm,
)
from assistant.dialogue.replies.flow import (
    goodbye,
    mute,
    never_mind,
    no,
    pause,
    ready,
    resume,
    skip,
    stop,
    that_hurts,
    wait,
    wake,
    yes,
)
from assistant.dialogue.replies.making_routines import ROUTINES_OF_ONES_OWN
from assistant.dialogue.replies.navigation import (
    count_only,
    gentler,
    go_back,
    skip_instructions,
    start_over,
)
from assistant.dialogue.replies.past import forgetting, looking_back
from assistant.dialogue.replies.preferences import (
    count_aloud,
    count_silently,
    deeper_voice,
    higher_voice,
    louder,
    quieter,
    speak_faster,
    speak_slower,
    undo,
)
from assistant.dialogue.replies.progress import PROGRESS
from assistant.dialogue.replies.starting_out.lesson import tutorial, welcome_again
from assistant.dialogue.replies.stretching.feeling import better, feels_good, passed, same, still_bad, worse
from assistant.dialogue.replies.stretching.rating import rating
from assistant.dialogue.replies.stretching.sides import only_side, other_side
from assistant.dialogue.replies.stretching.situation import situation
from assistant.dialogue.replies.stretching.starting import (
    again,
    have_time,
    routine_length,
    start_movement,
    start_routine,
)
from assistant.dialogue.replies.talk import company, quiet_hours, reminding
from assistant.dialogue.replies.talk.answers import fact_or, measure, or_of_topic, question, unless_changed
from assistant.dialogue.replies.talk.conditions import agreed, condition
from assistant.dialogue.replies.topics import Reply, about, about_slot, more, what_helps
from assistant.dialogue.step_builder import StepBuilder
from assistant.script import small_talk as lines
from intents.model import Intent


def unanswered(builder: StepBuilder, heard: Heard) -> None:
    """Say what can be said: the reply to this intent is still to be written."""
    builder.aside(builder.hint(script.choices))


REPLIES: Mapping[Intent, Reply] = MappingProxyType(
    {
        **PROGRESS,
        Intent.HOW_LONG: or_of_topic(PROGRESS[Intent.HOW_LONG]),
        Intent.START_ROUTINE: start_routine,
        Intent.START_MOVEMENT: start_movement,
        Intent.YES: yes,
        Intent.NO: no,
        Intent.READY: ready,
        Intent.WAIT: wait,
        Intent.PAUSE: pause,
        Intent.RESUME: resume,
        Intent.NEXT: skip,
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
        Intent.OVERVIEW: fact_or(about("overview")),
        Intent.WHAT_HELPS: what_helps,
        Intent.MEASURE: fact_or(measure),
        Intent.CAUSES: about("causes"),
        Intent.CAUSE: fact_or(about_slot("cause")),
        Intent.PREVENTION: about("prevention"),
        Intent.STRATEGY: fact_or(about_slot("strategy")),
        Intent.SEE_PROFESSIONAL: fact_or(about("see_professional")),
        Intent.PAINKILLERS: fact_or(unless_changed("painkillers", about("painkillers"))),
        Intent.MORE: more,
        Intent.RED_FLAG: red_flag,
        Intent.RADIATES: radiates,
        Intent.SPEAK_FASTER: speak_faster,
        Intent.SPEAK_SLOWER: speak_slower,
        Intent.HIGHER_VOICE: higher_voice,
        Intent.DEEPER_VOICE: deeper_voice,
        Intent.SETTINGS: changing_settings.tell_settings,
        Intent.CHANGE_SETTING: changing_settings.change_setting,
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
        Intent.CALL_FOR_HELP: call_for_help,
        Intent.SELF_HARM: self_harm,
        Intent.FALSE_ALARM: false_alarm,
        Intent.HELP_COMING: help_coming,
        Intent.HELLO: company.hello,
        Intent.THANKS: company.says(lines.WELCOME),
        Intent.WHO_ARE_YOU: company.says(lines.I_AM),
        Intent.SMALL_TALK: company.small_talk,
        Intent.TIME: company.time,
        Intent.TUTORIAL: tutorial,
        Intent.WELCOME_AGAIN: welcome_again,
        Intent.REMIND: reminding.remind_of,
        Intent.REMINDERS: reminding.list_reminders,
        Intent.STOP_REMINDING: reminding.stop_reminding,
        Intent.SNOOZE: reminding.snooze,
        Intent.NOT_TODAY: reminding.not_today,
        Intent.QUIET_HOURS: quiet_hours.quiet_hours,
        Intent.WHEN: reminding.answer_when,
        Intent.QUESTION: question,
        Intent.ROUTINE_LENGTH: routine_length,
        Intent.WHY_ASK: company.why_ask,
        Intent.LIST_ROUTINES: about(ROUTINES),
        Intent.LIST_MOVEMENTS: about(MOVEMENTS),
        Intent.HOW_DID_I_DO: looking_back.how_did_i_do,
        Intent.LAST_TIME: looking_back.last_time,
        Intent.HOW_MUCH: looking_back.how_much,
        Intent.AM_I_BETTER: looking_back.am_i_better,
        Intent.MEMORY: forgetting.memory,
        Intent.FORGET: forgetting.forget,
        **ROUTINES_OF_ONES_OWN,
        Intent.CONDITION: condition,
        Intent.AGREED: agreed,
        Intent.SITUATION: situation,
        Intent.OTHER_SIDE: other_side,
        Intent.ONLY_SIDE: only_side,
        Intent.COUNT_ONLY: count_only,
        Intent.HAVE_TIME: have_time,
        Intent.FEELS_GOOD: feels_good,
        Intent.STILL_BAD: still_bad,
        Intent.PASSED: passed,
        Intent.BETTER: better,
        Intent.SAME: same,
        Intent.WORSE: worse,
        Intent.AGAIN: again,
        Intent.RATING: rating,
    }
)
"""The reply to each intent; none may be missing."""
