"""The card's clock: what the microphone takes is placed on the frame that left the speaker at that moment."""

import json
import subprocess
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from audio.timeline import FRAMES_PER_SECOND
from tests.card import PATIENCE, ROOT, Card, needs_card

pytestmark = [pytest.mark.live, needs_card]

# A click a second, heard back: the frames at which each was placed.
LISTEN_TO_ITSELF = """
import json, time
import numpy as np
from audio.card import Card
from audio.device import Chosen
from audio.mixer import Mixer
from audio.segmenter import FRAMES_PER_SAMPLE
from audio.timeline import FRAMES_PER_SECOND, Cue, Earcon, Score

CLICKS = 5
click = np.full(48, 0.9, np.float32)
mixer = Mixer(lambda sound: click)
card = Card(mixer, Chosen(), lambda report: None, lambda block: None)
train = Score(1, tuple(Cue(n * FRAMES_PER_SECOND, Earcon("heard")) for n in range(CLICKS)), CLICKS * FRAMES_PER_SECOND)
card.do(lambda mixer: mixer.schedule(train, 3 * FRAMES_PER_SECOND))  # both streams are under way by then
places = []
while mixer.frame < (CLICKS + 4) * FRAMES_PER_SECOND:
    samples, until = card.heard()
    for at in np.flatnonzero(np.abs(samples) > 0.3):
        frame = until - (len(samples) - int(at)) * FRAMES_PER_SAMPLE
        if not places or frame - places[-1] > FRAMES_PER_SECOND // 2:
            places.append(frame)
    time.sleep(0.01)
card.close()
print(json.dumps(places))
"""


@pytest.fixture(scope="module")
def card() -> Iterator[Card]:
    with Card() as card:
        yield card


def test_what_is_heard_is_placed_on_the_frame_that_sounded(card: Card) -> None:
    environment = {**card.environment, "PULSE_SOURCE": "speaker.monitor"}
    command = [sys.executable, "-c", LISTEN_TO_ITSELF]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert done.returncode == 0, done.stderr
    places = json.loads(done.stdout)
    errors = [place - (n + 3) * FRAMES_PER_SECOND for n, place in enumerate(places)]
    assert len(errors) == 5, f"clicks heard at {places}"
    # Without the devices' own latencies it would be off by a quarter of a second.
    assert abs(np.median(errors)) < 0.06 * FRAMES_PER_SECOND, f"off by {errors} frames"
