"""The lines about the person's own routines.

As in `assistant.script`: short, for the ear, the answer first, and without "stop" and "pause".
"""

from collections.abc import Sequence

from assistant.script import capital
from assistant.script.stretching import listed, lower, minutes, movements
from intents.text.numerals import in_words

CALL_IT = "What shall I call it?"
SAY_A_NAME = "Say any name of one to three words, or never mind."
WHICH_MOVEMENTS = "Which movements shall be in it?"
SAY_MOVEMENTS = "Name the movements, such as neck rotations and shoulder rolls, or never mind."
ABOUT = "A routine of your own."
NOT_MADE = "All right, I keep nothing."
MAKE_ANY_TIME = "I have kept nothing. Say make a routine, any time."
WHICH_ROUTINE = "Which routine? Say that again with its name."
AFTER_THIS = "Let us do that after this one."
NO_MORE_ROUTINES = "That is as many as I can keep. Delete one first."
TOO_LONG = "That is too long for one routine. Make two of it."

MOST_SAID_LETTERS = 40
"""Longest part of a file's name that is said, in letters."""
MOST_NEW_NAMED = 3
"""Most new routines that are named."""


def there_is_new(titles: Sequence[str]) -> str:
    """Tell which routines there are since a moment ago, where a person has written files."""
    if len(titles) == 1:
        return f"There is a new routine: {lower(titles[0])}."
    if len(titles) <= MOST_NEW_NAMED:
        return f"There are new routines: {listed(titles)}."
    return f"There are {in_words(len(titles))} new routines."


def file_said(stem: str) -> str:
    """The name of a file, without its ending, as it is said."""
    return " ".join(stem.replace("-", " ").replace("_", " ").split())[:MOST_SAID_LETTERS]


def not_usable(stems: Sequence[str]) -> str:
    """Tell which files of routines cannot be used, by their names without the ending."""
    files = [file_said(stem) for stem in stems]
    which = f"One routine file cannot be used: {files[0]}." if len(files) == 1 else "Some routine files cannot be used."
    return f"{which} The doctor tells why."


def made(title: str, titles: Sequence[str], seconds: float) -> str:
    """Confirm a routine by its title, the titles of its movements, and its length in seconds."""
    what = listed(titles) if len(titles) <= 3 else movements(len(titles))
    return f"{title}: {what}, {minutes(seconds)}."


def added(titles: Sequence[str], title: str) -> str:
    """Confirm that movements were added to a routine."""
    verb = "comes" if len(titles) == 1 and not titles[0].endswith("s") else "come"
    return f"{capital(listed(titles))} now {verb} last in {lower(title)}."


def removed(titles: Sequence[str], title: str) -> str:
    """Confirm that movements were taken out of a routine."""
    verb = "is" if len(titles) == 1 and not titles[0].endswith("s") else "are"
    return f"{capital(listed(titles))} {verb} out of {lower(title)}."


def renamed(title: str) -> str:
    """Confirm a new name."""
    return f"It is called {lower(title)} now."


def delete(title: str, count: int) -> str:
    """Ask whether a routine of so many movements is to be deleted."""
    return f"Delete {lower(title)}, {movements(count)}?"


def deleted(title: str) -> str:
    """Confirm that a routine was deleted."""
    return f"{title} is gone."


def stays(title: str) -> str:
    """Confirm that a routine is not deleted."""
    return f"{title} stays."


def contents(title: str, titles: Sequence[str]) -> tuple[str, ...]:
    """What a routine is made of, three movements in a line."""
    lines = [titles[at : at + 3] for at in range(0, len(titles), 3)]
    first, *others = [capital(listed(line)) for line in lines]
    return f"{title}: {lower(first)}.", *(f"Then {lower(line)}." for line in others)


def none_called(name: str) -> str:
    """Tell that no routine has a name."""
    return f"There is no routine called {name}."


def there_are(titles: Sequence[str]) -> str:
    """Tell which routines there are."""
    return f"There is {listed(titles)}."


def not_known(names: Sequence[str]) -> str:
    """Tell that movements are not known by these names."""
    return f"I do not know {listed(names)}."


def not_in_it(names: Sequence[str], title: str) -> str:
    """Tell that a routine has no such movements."""
    return f"There is no {listed(names)} in {lower(title)}."


def nothing_left(title: str) -> str:
    """Tell that a routine would be empty, and how to delete it."""
    return f"Then nothing would be left. Say delete {lower(title)} for that."


def stays_as_it_is(title: str) -> str:
    """Tell that a built-in routine is not changed, and what to do."""
    return f"{title} stays as it is. Say make a routine for one of your own."


def from_a_file(title: str) -> str:
    """Tell that a routine from a file is not changed by voice."""
    return f"{title} is written in a file, so I leave it as it is."


def taken(name: str) -> str:
    """Tell that a name is taken."""
    return f"There is already a routine called {name}."


def a_movement(name: str) -> str:
    """Tell that a name is that of a movement."""
    return f"{capital(name)} is already a movement."


def a_command(name: str) -> str:
    """Tell that a name sounds like something that is said to do something."""
    return f"I would take {name} for a command."
