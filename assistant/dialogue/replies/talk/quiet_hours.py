"""The reply about quiet hours: to set them, to have none, or to tell when they are."""

from dataclasses import replace

from assistant.dialogue.events import Heard
from assistant.dialogue.replies.topics import say_beside
from assistant.dialogue.safety.due import place_of
from assistant.dialogue.state import Changeable
from assistant.dialogue.step_builder import StepBuilder
from assistant.reminders.civil import QuietHours
from assistant.script import reminder_lines as lines
from intents.reminding.quiet_words import FROM, OFF, UNTIL

NO_HOURS = "00:00-00:00"
"""The setting for no quiet hours: equal times."""


def quiet_hours(builder: StepBuilder, heard: Heard) -> None:
    """Set the quiet hours that are named, or have none; where none are named, tell when they are."""
    slots, conversation = heard.reading.slots, builder.conversation
    if OFF in slots:
        wanted = NO_HOURS
    elif FROM in slots or UNTIL in slots:
        # "Not after nine" says nothing of the morning.
        begins, _, ends = conversation.settings.quiet_hours.partition("-")
        wanted = f"{slots.get(FROM, begins)}-{slots.get(UNTIL, ends)}"
    else:
        say_beside(builder, lines.quiet_hours_are(QuietHours.read(conversation.settings.quiet_hours)))
        return
    before = conversation.reminders
    builder.change(settings=replace(conversation.settings, quiet_hours=wanted))
    book = before.with_kept(before.kept, place_of(builder.conversation))  # what comes next may come sooner, or later
    undoable = Changeable(conversation.settings, conversation.session, reminders=before)
    builder.change(reminders=book, undoable=undoable)
    say_beside(builder, lines.quiet_hours_set(QuietHours.read(wanted)))
