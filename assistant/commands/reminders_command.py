"""`main.py reminders`: lists the reminders of a profile, writes them to a calendar file, and reads them from one."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
from platformdirs import user_data_path

from assistant.commands.explained import explained
from assistant.errors import LimberError
from assistant.reminders.book import MOST_REMINDERS, Place, ReminderBook
from assistant.reminders.civil import QuietHours
from assistant.reminders.local_zone import local_zone
from assistant.reminders.recurrence import Reminder
from assistant.reminders.reminder_file import REMINDERS_FILE_NAME, ReminderFile
from assistant.script.reminder_lines import NONE_SET, in_words
from assistant.sessions.profile import Profile, settings_in

_A_FILE = click.Path(path_type=Path, dir_okay=False)
_PROFILE = click.option(
    "--profile", type=click.Path(path_type=Path, file_okay=False), help="The folder whose reminders are meant."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


class _Kept:
    """The reminders of a profile's folder."""

    def __init__(self, profile: Path | None) -> None:
        self.folder = profile or user_data_path("limber")
        self.now = datetime.now(local_zone())
        self.place = Place(self.now.tzinfo or UTC, QuietHours.read(settings_in(self.folder).settings.quiet_hours))
        self.file = ReminderFile(self.folder / REMINDERS_FILE_NAME)
        found = self.file.read()
        self.problem = found.problem
        self.book = ReminderBook().with_kept(found.reminders, self.place)

    def whole(self) -> ReminderBook:
        """The reminders. Raises LimberError where the file cannot be read whole, for it would be written anew."""
        if self.problem is not None:
            raise LimberError(f"{self.problem}; correct or delete it")
        return self.book


@click.group(invoke_without_command=True)
@_PROFILE
@_JSON
@click.pass_context
def reminders(context: click.Context, profile: Path | None, as_json: bool) -> None:
    """The reminders: list them, write them to a calendar file, or read them from one."""
    context.obj = profile
    if context.invoked_subcommand is None:
        _list(profile, as_json)


@reminders.command("list")
@_PROFILE
@_JSON
@click.pass_obj
def list_reminders(before: Path | None, profile: Path | None, as_json: bool) -> None:
    """Tell every reminder, and when it is due next."""
    _list(profile or before, as_json)


def _list(profile: Path | None, as_json: bool) -> None:
    with explained():
        kept = _Kept(profile)
        for reminder in kept.book.kept:
            click.echo(_told(reminder, kept, as_json))
        if not kept.book.kept and not as_json and kept.problem is None:
            click.echo(NONE_SET)
        kept.whole()


def _told(reminder: Reminder, kept: _Kept, as_json: bool) -> str:
    due = reminder.next_due(kept.place.zone, kept.place.quiet)
    following = None if due is None else due.astimezone(kept.place.zone)
    words = in_words(reminder, kept.now, kept.place.zone)
    if not as_json:
        return f"{reminder.id}: {words}" + ("" if following is None else f" Next: {following:%Y-%m-%d %H:%M}.")
    told = {
        "id": reminder.id,
        "text": reminder.text,
        "when": words,
        "next": None if following is None else following.isoformat(timespec="seconds"),
        "start": reminder.start.isoformat(),
        "rules": list(reminder.rules),
    }
    return json.dumps(told, ensure_ascii=False)


@reminders.command("export")
@click.argument("file", type=_A_FILE)
@_PROFILE
@click.pass_obj
def export_reminders(before: Path | None, file: Path, profile: Path | None) -> None:
    """Write the reminders to an iCalendar file."""
    from assistant.reminders.calendar_file import written

    with explained():
        kept = _Kept(profile or before)
        book = kept.whole()
        try:
            file.write_bytes(written(book.kept, kept.now))
        except OSError as error:
            raise LimberError(f"{file}: cannot be written ({error.strerror}); name another file") from error
    click.echo(f"{file}: {len(book.kept)} written")


@reminders.command("import")
@click.argument("file", type=_A_FILE)
@_PROFILE
@click.pass_obj
def import_reminders(before: Path | None, file: Path, profile: Path | None) -> None:
    """Add the events of an iCalendar file to the reminders; those that are there already are left as they are."""
    from assistant.reminders.calendar_file import read_calendar

    with explained():
        kept = _Kept(profile or before)
        book, found = kept.whole(), read_calendar(file, kept.now)
        there = {_same(each) for each in book.kept}
        new = [each for each in found.reminders if _same(each) not in there]
        if len(book.kept) + len(new) > MOST_REMINDERS:
            raise LimberError(f"{file}: with its {len(new)} there would be more than {MOST_REMINDERS}; take out some")
        numbered = (replace(each, id=book.last_id + at) for at, each in enumerate(new, 1))
        book = book.with_kept((*book.kept, *numbered), kept.place)
        Profile(kept.folder).reminders.write(book)
    for problem in found.problems:
        click.echo(problem, err=True)
    left = f", {found.over} left out that are over" if found.over else ""
    click.echo(f"{file}: {len(new)} added{left}")
    if found.problems:
        raise SystemExit(1)


def _same(reminder: Reminder) -> tuple[object, ...]:
    """What two reminders have alike that are the same one."""
    when = (reminder.phrase,) if reminder.rules else (reminder.start,)
    return (reminder.text, bool(reminder.rules), *when)
