"""Walks through the dialogue at random: is there a dead end, does "stop" stop, is a sentence too long for the ear.

    python -m benchmarks.walks [--steps 20000] [--seed 1]

Each step says a training phrase of an intent that is valid, each intent equally likely, or what leads into a stretch,
or "stop", or something that means nothing; then up to eight seconds pass. Ends with status 1 where a rule was broken.

- One step after "stop" no stretch goes on, and nothing that was said before sounds any more.
- "Help" and "where am I" are answered in every waking state.
- From anywhere, at most six requests lead to rest: wake up, stop, false alarm, yes, wake up, stop.
- No sentence has more than twenty words.
"""

import random
import re
from collections import Counter
from collections.abc import Mapping

import click
import numpy as np
from ruamel.yaml import YAML

from assistant.dialogue.events import Heard
from assistant.dialogue.parts.modes import Asleep, Emergency, Muted
from assistant.dialogue.state import Conversation, present_session, state_of, valid_now
from assistant.guidance.loader import load_guidance
from assistant.sessions.stage import Stage
from assistant.states import State
from assistant.timeline import entries
from audio.frames import frames
from audio.tts.silent import SilentVoice
from benchmarks.rig.places import TRAINING_PHRASES, meaning_phrase_files
from intents.encoder.meaning import REJECTED
from intents.model import Intent, Reading
from intents.reader import IntentReader

STOPPED_WITHIN = 0.35
"""Seconds after "stop" in which all sound of before is over."""
LONGEST_STEP = 8.0
"""Most seconds between two steps."""
MOST_WORDS = 20
"""Words of the longest sentence that is allowed."""
TO_REST = ("hey limber", "stop", "false alarm", "yes", "hey limber", "stop")
"""What leads to rest from anywhere."""
LEADS_ON = {
    State.IDLE: "start the quick routine",
    State.SCREENING: "no",
    State.CONFIRMING: "yes",
    State.PAUSED: "go on",
    State.ASLEEP: "hey limber",
}
"""What leads into a stretch, or back into one."""
CHECKED_EVERY = 25
"""Number of steps after which that is tried."""


class Walker:
    """Somebody who says anything, and what was wrong with the answers."""

    def __init__(self, reader: IntentReader, phrases: Mapping[str, list[str]], chance: random.Random) -> None:
        self._reader, self._phrases, self._chance = reader, phrases, chance
        self._stage = Stage(Conversation(keeps=True), load_guidance(), SilentVoice())
        self._block = np.zeros(frames(0.05), np.float32)
        self._stage.start()
        self.visited = Counter[str]()
        self.wrong: list[str] = []
        self.longest = 0
        self._seen = 0

    @property
    def state(self) -> State:
        """The present state."""
        return state_of(self._stage.conversation)

    def step(self, number: int) -> None:
        """Say something, and look at what comes of it."""
        self.visited[self.state] += 1
        dice = self._chance.random()
        if number % CHECKED_EVERY == 0:
            self._to_rest()
        elif dice < 0.1:
            self._stop()
        elif dice < 0.2:
            self._answered(self._chance.choice(("help", "where am i")))
        elif dice < 0.25:
            self._hear("wibble wobble")
        elif dice < 0.5 and self.state in LEADS_ON:
            self._hear(LEADS_ON[self.state])
        else:
            valid = sorted(valid_now(self._stage.conversation) & self._phrases.keys())
            self._hear(self._chance.choice(self._phrases[self._chance.choice(valid)]) if valid else "hey limber")
        self._pass(self._chance.random() * LONGEST_STEP)
        self._look()

    def _hear(self, text: str) -> None:
        """Have a text heard, as it is read now."""
        stage = self._stage
        reading = self._reader.read(text, valid_now(stage.conversation))
        stage.hear(Heard(reading, stage.mixer.frame, stage.mixer.frame), self._reader.read)

    def _pass(self, seconds: float) -> None:
        """Let time pass."""
        until = self._stage.mixer.frame + frames(seconds)
        while self._stage.mixer.frame < until:
            self._stage.render(self._block)

    def _stop(self) -> None:
        """Stop, and see that it stops."""
        stage = self._stage
        if isinstance(stage.conversation.mode, Asleep):
            return
        before, said_at = self.state, stage.mixer.frame
        stage.hear(Heard(Reading("stop", Intent.STOP, {}, 1.0), said_at, said_at), self._reader.read)
        self._pass(STOPPED_WITHIN)
        if present_session(stage.conversation) is not None and not isinstance(stage.conversation.mode, Muted):
            self.wrong.append(f"stop in {before}: a stretch goes on ({self.state})")
        late = [
            entry.text
            for _, entry in stage.timeline.lines[-12:]
            if isinstance(entry, entries.Said)
            and entry.until * 48_000 > said_at + frames(STOPPED_WITHIN)
            and not entry.cut
            and entry.until * 48_000 <= stage.mixer.frame
        ]
        if late:
            self.wrong.append(f"stop in {before}: {late} sounded on")

    def _answered(self, question: str) -> None:
        """Ask something that every waking state answers."""
        stage = self._stage
        if isinstance(stage.conversation.mode, Asleep | Muted):
            return
        before, state, said = len(stage.timeline.lines), self.state, stage.mixer.frame
        self._hear(question)
        self._pass(12.0)
        new = stage.timeline.lines[before:]
        if not any(isinstance(entry, entries.Said) and at >= said for at, entry in new):
            self.wrong.append(f"{question!r} in {state}: no answer")

    def _to_rest(self) -> None:
        """Go to rest from wherever it stands."""
        began = self.state
        for text in TO_REST:
            if self.state is State.IDLE:
                return
            if isinstance(self._stage.conversation.mode, Muted):
                self._stage.hear(Heard(Reading("m", Intent.UNMUTE, {}, 1.0), 0, 0, "key"), self._reader.read)
                self._pass(3.0)
            if text == "false alarm" and not isinstance(self._stage.conversation.mode, Emergency):
                continue
            self._hear(text)
            self._pass(6.0)
        if self.state is not State.IDLE:
            self.wrong.append(f"from {began} nothing leads to rest: {self._stage.conversation.mode}")

    def _look(self) -> None:
        """Count the words of the lines that were said."""
        lines = self._stage.timeline.lines
        for _, entry in lines[self._seen :]:
            for sentence in re.split(r"(?<=[.?!]) ", entry.text) if isinstance(entry, entries.Said) else ():
                words = len(sentence.split())
                self.longest = max(self.longest, words)
                if words > MOST_WORDS:
                    self.wrong.append(f"{words} words: {sentence}")
        self._seen = len(lines)


def _by_intent() -> dict[str, list[str]]:
    """The training phrases of each intent."""
    load = YAML(typ="safe").load
    found: dict[str, list[str]] = {}
    for path in (TRAINING_PHRASES / "commands.yaml", *meaning_phrase_files()):
        for label, texts in load(path).items():
            intent = label.partition("/")[0]
            if intent != REJECTED:
                found.setdefault(intent, []).extend(texts)
    return found


@click.command(help=__doc__)
@click.option("--steps", default=20_000, help="Steps of the walk.")
@click.option("--seed", default=1, help="Seed of the walk.")
def main(steps: int, seed: int) -> None:
    """Walk, and print what was found."""
    walker = Walker(IntentReader.coach(), _by_intent(), random.Random(seed))  # noqa: S311 - the same walk every time
    for number in range(1, steps + 1):
        walker.step(number)
    wrong = Counter(walker.wrong)
    print(f"{steps} steps; longest sentence: {walker.longest} words; rules broken: {sum(wrong.values())}")
    print("Steps begun in each state:", ", ".join(f"{state} {count}" for state, count in walker.visited.most_common()))
    for what, count in wrong.most_common(40):
        print(f"{count:5} {what}")
    raise SystemExit(int(bool(wrong)))


if __name__ == "__main__":
    main()
