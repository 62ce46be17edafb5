"""The scenarios of a barge-in scene: "stop" and "pause", other commands, and nobody there at all."""

import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from assistant.timeline import entries
from audio.frames import FRAMES_PER_SECOND, Frame, frames
from audio.samples import FRAMES_PER_SAMPLE, SAMPLE_RATE, Clip
from benchmarks.rig.scene import GUIDANCE, Plot, Scene, spoken_part
from intents.model import Intent

LONG_LINE = 24
"""Length in letters from which a line counts as speech that is talked over."""
HEARD_WITHIN = 3.5
"""Seconds after a word in which it must have been understood."""
SILENCED_ENTRIES = (entries.SessionStopped, entries.SessionPaused)
"""The entries of the timeline that tell that Limber was silenced."""
NEXT_REQUESTS = {"Topic": Intent.MORE, "Screening": Intent.NO}
"""To a state in which Limber waits, the intent that makes it go on."""
ResultLine: TypeAlias = dict[str, Any]
"""What came of one thing said: its fields by name, as written to the results file."""
Outcomes: TypeAlias = list[ResultLine]
"""The lines of one scene."""
Act: TypeAlias = Callable[[Scene], Plot]
"""A plot for a scene."""
OTHER_COMMANDS: Mapping[str, str] = {
    "next": "Next",
    "repeat that": "Repeat",
    "how long": "HowLong",
    "where am i": "WhereAmI",
    "slower please": "SpeakSlower",
    "louder": "Louder",
    "how far should i go": "HowFar",
    "what can i say": "WhatCanISay",
}
"""Commands other than "stop" and "pause", and the intent of each."""


def interrupted(words: Mapping[str, Clip], found: Outcomes, chance: random.Random) -> Act:
    """The plot in which each word is said over speech and over counting; `found` gets a line for each."""

    def plot(scene: Scene) -> Plot:
        scene.ask(Intent.START_ROUTINE, routine="full")
        for over in ("counting", "speech"):
            for word, clip in words.items():
                yield from _began(scene, over, chance)
                began = scene.now
                yield from _say(scene, clip)
                yield from _heard(scene, began, lambda since: bool(scene.noted(SILENCED_ENTRIES, since)))
                found.append({"word": word, "over": over, **_outcome(scene, clip, began, word)})
                yield from _on_again(scene)

    return plot


def told_otherwise(words: Mapping[str, Clip], found: Outcomes, chance: random.Random) -> Act:
    """The plot in which each word is said over speech or counting; `found` gets a line for each."""

    def plot(scene: Scene) -> Plot:
        scene.ask(Intent.START_ROUTINE, routine="full")
        for number, (text, clip) in enumerate(words.items()):
            over = ("counting", "speech")[number % 2]
            yield from _began(scene, over, chance)
            began = scene.now
            yield from _say(scene, clip)
            yield from _heard(scene, began, lambda since: bool(scene.intents(since)))
            heard = scene.intents(began)
            found.append(
                {"word": text, "over": over, "right": heard[:1] == [OTHER_COMMANDS.get(text)], "intents": heard}
            )
            yield from scene.wait(3)
            yield from _on_again(scene)

    return plot


def alone(seconds: float) -> Act:
    """The plot in which nobody is there: the whole guidance and all routines, again and again."""

    def asked() -> Iterator[tuple[Intent, dict[str, str]]]:
        while True:
            for routine in GUIDANCE.routines:
                yield Intent.START_ROUTINE, {"routine": routine}
            yield Intent.OVERVIEW, {}
            for intent, slot, keys in (
                (Intent.MEASURE, "measure", ("rest", "heat", "stretching", "analgesics")),
                (Intent.CAUSE, "cause", ("imbalance", "overuse", "injury", "dehydration", "stress", "conditions")),
                (
                    Intent.STRATEGY,
                    "strategy",
                    ("ergonomics", "strengthening", "flexibility", "stress_management", "hydration_nutrition"),
                ),
            ):
                for key in keys:
                    yield intent, {slot: key}
            for intent in (Intent.WHAT_HELPS, Intent.PREVENTION, Intent.SEE_PROFESSIONAL, Intent.HELP):
                yield intent, {}

    def plot(scene: Scene) -> Plot:
        until = scene.now + frames(seconds)
        for intent, slots in asked():
            scene.ask(intent, **slots)
            yield from scene.wait(0.1)
            while scene.now < until and (not scene.stage.quiet or scene.state in NEXT_REQUESTS):
                if scene.stage.quiet:
                    scene.ask(NEXT_REQUESTS[scene.state])
                yield
            yield from scene.wait(1.0)
            if scene.now >= until:
                return

    return plot


def _outcome(scene: Scene, clip: Clip, began: Frame, word: str) -> dict[str, Any]:
    """What came of a word that was said from frame `began` on; times in seconds."""
    onset, end = (began + at * FRAMES_PER_SAMPLE for at in spoken_part(clip))
    stopped, ducked, heard = (
        scene.noted(SILENCED_ENTRIES, began),
        scene.noted(entries.Ducked, began),
        scene.intents(began),
    )
    outcome: dict[str, Any] = {
        "right": bool(stopped) and heard[:1] == [word.capitalize()],
        "intents": heard,
        "ducked": (ducked[0] - onset) / FRAMES_PER_SECOND if ducked else None,
    }
    if stopped:
        silent = max(0, scene.speaker.silent_before(stopped[0]) - end)
        outcome |= {"silent": silent / FRAMES_PER_SECOND, "decided": (stopped[0] - end) / FRAMES_PER_SECOND}
    return outcome


def _began(scene: Scene, over: str, chance: random.Random) -> Plot:
    """Wait until a line or a count that begins from now on has been under way for a moment."""
    before = len(scene.said)

    def reached() -> bool:
        if len(scene.said) == before:
            return False
        text = scene.said[-1].text
        return text.isdigit() and int(text) > 1 if over == "counting" else len(text) > LONG_LINE

    yield from scene.until(reached, 120)
    yield from scene.wait(chance.uniform(0.2, 1.2))


def _heard(scene: Scene, began: Frame, reached: Callable[[Frame], bool]) -> Plot:
    """Wait until something has happened since `began`, for HEARD_WITHIN at most."""
    yield from scene.until(lambda: reached(began), HEARD_WITHIN)


def _say(scene: Scene, clip: Clip) -> Plot:
    """Let the person say a clip, to its end."""
    scene.say(clip)
    yield from scene.wait(len(clip) / SAMPLE_RATE)


def _on_again(scene: Scene) -> Plot:
    """Make the session go on, whatever the word did."""
    yield from scene.wait(0.5)
    if scene.state in {"Instructing", "Holding", "Resting"}:
        return
    if scene.state == "Paused":
        scene.ask(Intent.RESUME)
    else:
        scene.ask(Intent.START_ROUTINE, routine="full")
        yield from scene.wait(0.5)
        scene.ask(Intent.NO)
    yield from scene.wait(1.0)
