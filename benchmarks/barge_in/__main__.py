"""Measures barge-in: every table of docs/barge_in.md.

    .venv/bin/python -m benchmarks.barge_in [--only stop,live] [--latency MS] [--results FILE] [--page FILE]

Whole sessions in rooms (`audio/simulation/rooms/`), driven by keys, with Limber's voice as loud as the person's or
louder at the microphone. `stop`: "stop" and "pause" said over counting and over speech, by eight synthetic voices that
nothing was fitted to and by a real person; `others`: other commands; `alone`: nobody is there while all of the guidance
and all routines are spoken; `alike`: words that only sound like "stop" or "pause"; `cost`: the share of a core that
listening takes; `live`: the same people on a virtual card whose speaker is looped into its microphone, for a quarter of
an hour in which nothing else may run. With --results a run can be stopped and resumed. Needs flite and espeak-ng, and
for `live` PulseAudio.
"""

import json
import random
import statistics
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
import numpy as np
import soxr

from assistant.start import REFERENCE_LINE
from assistant.timeline import entries
from audio.aec.interface import EchoMode
from audio.asr.engines import open_recogniser
from audio.files import read_recording
from audio.frames import FRAMES_PER_SECOND
from audio.samples import SAMPLE_RATE, Clip
from audio.simulation.room import Surroundings
from audio.tts.voice import Voice
from benchmarks.barge_in import looped_card
from benchmarks.barge_in.processor_share import share
from benchmarks.barge_in.scenarios import OTHER_COMMANDS, ResultLine, alone, interrupted, told_otherwise
from benchmarks.hearing import put
from benchmarks.listening.figures import Share
from benchmarks.listening.plots import Axis, Series, plot
from benchmarks.listening.report import Section
from benchmarks.rig.errors import missing_parts_explained
from benchmarks.rig.places import RECORDINGS
from benchmarks.rig.scene import Scene, as_loud, spoken_part
from benchmarks.rig.voices import CLIP_PADDING, SyntheticSpeech, SyntheticVoice, missing_programs
from benchmarks.television.programme import Television
from intents.reader import IntentReader

BARGE_IN_ROOMS = ("small", "living", "tiled")
"""The rooms that are measured."""
ECHO_LEVELS = (0.0, 6.0, 12.0)
"""Levels of Limber's voice over the person's at the microphone, in dB."""
BARGE_IN_PEOPLE = (
    SyntheticVoice("flite", "awb"),
    *(SyntheticVoice("espeak-ng", name) for name in ("en-us+f3", "en-us+m3", "en-gb-scotland+m5", "en-gb-x-rp+f3")),
    *(SyntheticVoice("espeak-ng", name) for name in ("en-gb", "en-us+m5", "en-029+f3")),
)
"""The synthetic people: voices that nothing was fitted to."""
REAL_PAUSE = RECORDINGS / "phrases/pause.flac"
"""A real person who says "pause"."""
ALONE_SHARE: Mapping[EchoMode, float] = {"auto": 1.0, "off": 0.2}
"""To each mode of the canceller, the share of the minutes of `alone`: without one, all speech is recognised too."""
SOUND_ALIKES = ("stock", "step", "shop", "spot", "stamp", "posh", "porch", "course", "force", "box", "sport", "cause")
"""Words that only sound like "stop" or "pause"."""
BARGE_IN_REQUESTS = (
    *("help", "what helps", "what can i say", "how do i prevent it", "my upper back hurts", "what causes it"),
    *("tell me about heat", "start neck rotations"),
)
"""Requests that are answered in the live part."""
REQUEST_STEPS = (0, 3, 6)
"""Offsets from a person's place in the row to the requests that they say."""
BARGE_IN_PARTS = ("stop", "others", "alike", "alone", "cost", "live")
"""The parts of the measurement."""


@dataclass(frozen=True)
class Lab:
    """What all scenes share: Limber's voice, the people's speech, and the file of results."""

    voice: Voice
    speech: SyntheticSpeech
    results: Path
    latency: float
    """Seconds that a live session takes more from sound to sound."""

    def play(self, key: str, around: Surroundings, words: Mapping[str, Clip], part: str) -> list[ResultLine]:
        """The lines of a scene, from the results where it has been played before."""
        known = [line for line in self.lines() if line["key"] == key]
        if known:
            return known
        found: list[ResultLine] = []
        acts = {"stop": interrupted, "others": told_otherwise}
        scene = Scene(around, acts[part](words, found, random.Random(key)), self.voice, next(iter(words.values())))  # noqa: S311
        scene.run(open_recogniser("moonshine"), IntentReader.coach(), latency=self.latency)
        found.append({"inexact": scene.inexact(), "counts": len(scene.noted(entries.Count))})
        return self.keep(key, found)

    def leave_alone(self, key: str, around: Surroundings, minutes: float, mode: EchoMode) -> list[ResultLine]:
        """The line of a scene in which nobody is there: what Limber understood of its own voice."""
        known = [line for line in self.lines() if line["key"] == key]
        if known:
            return known
        scene = Scene(around, alone(minutes * 60), self.voice, np.zeros(SAMPLE_RATE, np.float32))
        scene.run(open_recogniser("moonshine"), IntentReader.coach(), mode, self.latency)
        line = {"minutes": scene.now / FRAMES_PER_SECOND / 60, "ducks": len(scene.noted(entries.Ducked))}
        return self.keep(key, [{**line, "commands": scene.intents(), "inexact": scene.inexact()}])

    def on_a_card(self) -> Iterator[ResultLine]:
        """The lines of both live scenes."""
        people = dict(_people(self, ("stop", "pause")))
        usual = soxr.resample(self.voice.clip(REFERENCE_LINE), FRAMES_PER_SECOND, SAMPLE_RATE)
        turns = [
            (words, turn + step)
            for turn, (_, words) in enumerate(_people(self, BARGE_IN_REQUESTS))
            for step in REQUEST_STEPS
        ]
        asked = [(words, BARGE_IN_REQUESTS[turn % len(BARGE_IN_REQUESTS)]) for words, turn in turns]
        requests = [(text, words[text]) for words, text in asked if text in words]
        random.Random(1).shuffle(requests)  # noqa: S311
        for key, part in (
            ("live talked over", partial(looped_card.talked_over, people, usual)),
            ("live asked", partial(looped_card.asked, requests)),
        ):
            known = [line for line in self.lines() if line["key"] == key]
            yield from known or self.keep(key, part())

    def lines(self) -> Iterator[ResultLine]:
        """Every line of the results."""
        if self.results.exists():
            yield from map(json.loads, self.results.read_text().splitlines())

    def keep(self, key: str, found: list[ResultLine]) -> list[ResultLine]:
        """Write lines to the results under a key."""
        lines = [{"key": key, **line} for line in found]
        with self.results.open("a") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
        return lines


@click.command(help=__doc__)
@click.option("--only", default=",".join(BARGE_IN_PARTS), help=f"Parts, from: {', '.join(BARGE_IN_PARTS)}.")
@click.option("--latency", default=0.0, help="Milliseconds that a live session takes more, from sound to sound.")
@click.option("--minutes", default=60.0, help="Of its own speech, in each room and mode.")
@click.option("--rooms", default=",".join(BARGE_IN_ROOMS), help="To share the work out.")
@click.option("--results", type=click.Path(path_type=Path), help="Where results are kept, as JSON lines.")
@click.option("--page", type=click.Path(path_type=Path), help="A page whose marked figures are replaced.")
@missing_parts_explained()
def main(only: str, latency: float, minutes: float, rooms: str, results: Path | None, page: Path | None) -> None:
    """Measure the parts that are asked for and print their sections."""
    if missing := missing_programs():
        raise click.UsageError(f"this needs {' and '.join(missing)}: sudo apt install {' '.join(missing)}")
    with tempfile.TemporaryDirectory() as folder, Voice() as voice:
        place = Path(folder)
        lab = Lab(voice, SyntheticSpeech(place / "clips"), results or place / "results", latency / 1000)
        for part in only.split(","):
            section = SECTION_OF_PART[part](lab, rooms.split(","), minutes)
            click.echo(f"\n## {part}\n\n{section}\n")
            if page is not None:
                put(page, part, section)


def stop(lab: Lab, rooms: Sequence[str], _: float) -> Section:
    """The section on "stop" and "pause"."""
    lines = []
    for room in rooms:
        for level in ECHO_LEVELS:
            for who, words in _people(lab, ("stop", "pause")):
                key = f"stop {room} {level:g} {who}"
                found = lab.play(key, Surroundings(room, level, echo=True), words, "stop")
                lines += [{**line, "room": room, "level": level, "who": who} for line in found]
    said = [line for line in lines if "word" in line]
    table = [
        "| | " + " | ".join(f"{level:g} dB" for level in ECHO_LEVELS) + " |",
        "| --- |" + " --- |" * len(ECHO_LEVELS),
    ]
    for field, values in (("", ("",)), ("room", rooms), ("word", ("stop", "pause")), ("over", ("counting", "speech"))):
        for value in values:
            row = [_share(said, level=level, **({field: value} if field else {})) for level in ECHO_LEVELS]
            table.append(f"| {f'{field}: {value}' if field else 'all'} | " + " | ".join(map(str, row)) + " |")
    for name, field in (
        ("end of the word to silence", "silent"),
        ("end of the word to the decision", "decided"),
        ("onset of the word to ducking", "ducked"),
    ):
        times = " | ".join(_times(said, field, level) for level in ECHO_LEVELS)
        table.append(f"| {name}: median / 95th percentile, s | {times} |")
    counts, inexact = (sum(line.get(name, 0) for line in lines) for name in ("counts", "inexact"))
    series = [
        Series(room, [(level, _share(said, level=level, room=room).percent) for level in ECHO_LEVELS]) for room in rooms
    ]
    levels = Axis("Limber's voice over the person's, dB", 0, 12, ECHO_LEVELS)
    drawing = plot('"Stop" and "pause" heard', levels, Axis("%", 50, 100, range(50, 101, 10)), series)
    table += ["", f"Counts that did not begin exactly one second after the count before: {inexact} of {counts}."]
    return Section(table, {"barge_in.svg": drawing})


def others(lab: Lab, rooms: Sequence[str], _: float) -> Section:
    """The section on other commands, said as loud as Limber speaks."""
    said = []
    for room in rooms:
        for who, words in _people(lab, tuple(OTHER_COMMANDS)):
            found = lab.play(f"others {room} {who}", Surroundings(room, 0.0, echo=True), words, "others")
            said += [{**line, "room": room, "level": 0.0} for line in found if "word" in line]
    rows = [f"| {word} | {_share(said, word=word)} |" for word in OTHER_COMMANDS]
    return Section([f"| all | {_share(said)} |", "| --- | --- |", *rows])


def alike(lab: Lab, rooms: Sequence[str], _: float) -> Section:
    """The section on words that sound like "stop" or "pause"."""
    said = []
    for room in rooms:
        for who, words in _people(lab, SOUND_ALIKES):
            said += lab.play(f"alike {room} {who}", Surroundings(room, 0.0, echo=True), words, "others")
    taken = [line for line in said if {"Stop", "Pause"} & set(line.get("intents", ()))]
    which = ", ".join(sorted({line["word"] for line in taken})) or "none"
    accepted = Share(len(taken), sum("word" in line for line in said))
    return Section([f'Taken for "stop" or "pause": {accepted}: {which}.'])


def by_itself(lab: Lab, rooms: Sequence[str], minutes: float) -> Section:
    """The section on Limber speaking with nobody there."""
    table = ["| room | canceller | minutes | false accepts | false duckings |", "| --- | --- | --- | --- | --- |"]
    for room in rooms:
        for mode in ALONE_SHARE:
            around, lasts = Surroundings(room, 6.0, echo=True), minutes * ALONE_SHARE[mode]
            (line,) = lab.leave_alone(f"alone {room} {mode} {lasts:g}", around, lasts, mode)
            cells = (
                room,
                "on" if mode == "auto" else mode,
                round(line["minutes"]),
                len(line["commands"]),
                line["ducks"],
            )
            table.append("| " + " | ".join(map(str, cells)) + " |")
    return Section(table)


def cost(_: Lab, __: Sequence[str], minutes: float) -> Section:
    """The section on processor time, in a quiet room and beside a television."""
    recogniser, reader = open_recogniser("moonshine"), IntentReader.coach()
    seconds = min(60.0, minutes * 60)
    hiss = np.random.default_rng(1).normal(0, 10 ** (-66 / 20), round(seconds * SAMPLE_RATE)).astype(np.float32)
    television = Television(1, ()).programme(0).sound[: round(seconds * SAMPLE_RATE)]
    rows = [f"| {name} | {share(sound, recogniser, reader):.1%} |" for name, sound in
            (("a quiet room", hiss), ("beside a television", television))]  # fmt: skip
    return Section(["| | share of one core |", "| --- | --- |", *rows])


def on_a_card(lab: Lab, _: Sequence[str], __: float) -> Section:
    """The section on the live path."""
    lines = list(lab.on_a_card())
    said, waits = [line for line in lines if "over" in line], [line for line in lines if "answered" in line]
    (whole,) = (line for line in lines if "minutes" in line)
    heard = Share(sum(line["right"] for line in said), len(said))
    rows = [
        f"| recognised, Limber {looped_card.ECHO_LEVEL:g} dB louder than the person | {heard} |",
        f"| false accepts in {whole['minutes']:.0f} min | {len(whole['false'])} |",
        f"| frames that the speaker missed | {sum(whole['missed'])} |",
    ]
    for name, field, those in (
        ("end of the word to silence", "silent", said),
        ("end of the word to the decision", "decided", said),
        ("onset of the word to ducking", "ducked", said),
        ("end of a request to the first sound of its answer", "answered", waits),
    ):
        times = [line[field] for line in those if line.get(field) is not None]
        spread = f"{statistics.median(times):.2f} / {np.quantile(times, 0.95):.2f}" if times else "-"
        rows.append(f"| {name}: median / 95th percentile, s | {spread} ({len(times)} of {len(those)}) |")
    return Section(["| live | |", "| --- | --- |", *rows])


SECTION_OF_PART = {"stop": stop, "others": others, "alike": alike, "alone": by_itself, "cost": cost, "live": on_a_card}
"""To each part, the function that measures it."""


def _people(lab: Lab, words: Sequence[str]) -> Iterator[tuple[str, dict[str, Clip]]]:
    """Each person's name, and their clip of each word; "pause" also by the real person."""
    for person in BARGE_IN_PEOPLE:
        yield str(person), {word: as_loud(lab.speech.clip(word, person)[CLIP_PADDING:-CLIP_PADDING]) for word in words}
    if "pause" in words and REAL_PAUSE.exists():
        said = read_recording(REAL_PAUSE).at(SAMPLE_RATE)
        begins, ends = spoken_part(said)
        yield "a real person", {"pause": as_loud(said[max(0, begins - SAMPLE_RATE // 10) : ends + SAMPLE_RATE // 10])}


def _share(said: Sequence[ResultLine], **fields: object) -> Share:
    """The share that was right, of the lines whose fields have these values."""
    those = [line for line in said if all(line[name] == value for name, value in fields.items())]
    return Share(sum(line["right"] for line in those), len(those))


def _times(said: Sequence[ResultLine], field: str, level: float) -> str:
    """Median and 95th percentile of a field, in seconds, at one level."""
    times = [line[field] for line in said if line["level"] == level and line.get(field) is not None]
    return f"{statistics.median(times):.2f} / {np.quantile(times, 0.95):.2f}" if times else "-"


if __name__ == "__main__":
    main()
