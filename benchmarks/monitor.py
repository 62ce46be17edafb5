"""Checks that a long live session loses nothing: its counts are looked for in the virtual card's speaker recording.

    .venv/bin/python -m benchmarks.monitor [SECONDS]

Runs the full routine on a virtual card of its own, records the speaker, and finds every count's clip in the recording.
"""

import sys
import tempfile
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path

from audio.frames import FRAMES_PER_SECOND
from benchmarks.rig.card import VirtualCard
from benchmarks.rig.errors import missing_parts_explained
from benchmarks.rig.program import Limber, acquainted, counts_found, of


@missing_parts_explained()
def main() -> None:
    """Run a session and print how many counts were found, and how far apart."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 600
    with tempfile.TemporaryDirectory() as folder, VirtualCard() as card, card.recording() as recording:
        with Limber(card, acquainted(Path(folder)), "--limit", str(seconds)) as limber:
            limber.wait_for_listening().hears("start the full routine").wait_for("> start the full routine")
            time.sleep(8)
            limber.hears("no").wait_for("Hold.")
            time.sleep(seconds - limber.age)
            timeline = limber.end()
        sound = recording.samples
    places = counts_found(timeline, sound)
    counts, missed = of(timeline, "count"), sum(line["frames"] for line in of(timeline, "underrun"))
    gaps = Counter(b - a for (before, a), (after, b) in pairwise(places) if after["n"] == before["n"] + 1)
    print(f"{len(counts)} counts in {seconds:.0f} s, {len(places)} found at the speaker; {missed} frames missed")
    print(f"gaps of consecutive counts in frames: {dict(gaps)}; exact: {gaps[FRAMES_PER_SECOND]} of {gaps.total()}")


if __name__ == "__main__":
    main()
