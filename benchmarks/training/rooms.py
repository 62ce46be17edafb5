"""Makes the rooms of rehearsals: impulse responses from a speaker to the microphone, `audio/simulation/rooms/*.flac`.

    python -m benchmarks.training.rooms

By the image-source method of pyroomacoustics. The speaker stands a third of a metre from the microphone, both on a
shelf; the walls are as absorbing as the reverberation time wants. What arrives 60 dB softer than the loudest sample is
cut off.
"""

from dataclasses import dataclass

import numpy as np
import pyroomacoustics
import soundfile

from audio.samples import SAMPLE_RATE, Clip
from benchmarks.rig.places import ROOT

ROOM_FOLDER = ROOT / "audio/simulation/rooms"
"""The folder that is written."""
RESPONSE_PEAK = 0.9
"""Peak amplitude of a response, of 1."""
RESPONSE_FLOOR = 10 ** (-60 / 20)
"""Amplitude under the peak, as a ratio, after which a response is cut off: -60 dB."""


@dataclass(frozen=True)
class RoomPlan:
    """A box-shaped room, in metres and seconds."""

    size: tuple[float, float, float]
    """Length, width and height."""
    reverberation: float
    """Reverberation time T60: that in which sound fades by 60 dB."""
    microphone: tuple[float, float, float]
    """Position of the microphone."""
    speaker: tuple[float, float, float]
    """Position of the speaker."""


ROOM_PLANS = {
    "small": RoomPlan((3.0, 2.6, 2.4), 0.25, (0.5, 1.2, 0.9), (0.55, 1.5, 1.0)),
    "living": RoomPlan((5.2, 4.1, 2.6), 0.45, (0.6, 2.0, 0.9), (0.7, 2.32, 1.0)),
    "tiled": RoomPlan((2.6, 2.1, 2.5), 0.75, (0.4, 0.9, 1.1), (0.45, 1.22, 1.2)),
}
"""The rooms by name."""


def response(room: RoomPlan) -> Clip:
    """The impulse response of a room at 16 kHz."""
    absorption, order = pyroomacoustics.inverse_sabine(room.reverberation, room.size)
    box = pyroomacoustics.ShoeBox(
        room.size, fs=SAMPLE_RATE, materials=pyroomacoustics.Material(absorption), max_order=min(order, 60)
    )
    box.add_source(room.speaker)
    box.add_microphone(room.microphone)
    box.compute_rir()
    samples: Clip = box.rir[0][0].astype(np.float32)
    # The method centres its first sample 40 later than the sound arrives.
    samples = samples[pyroomacoustics.constants.get("frac_delay_length") // 2 :]
    loud = np.flatnonzero(np.abs(samples) > RESPONSE_FLOOR * np.abs(samples).max())
    samples = samples[: loud[-1] + 1]
    return samples * np.float32(RESPONSE_PEAK / np.abs(samples).max())


def main() -> None:
    """Make all rooms."""
    ROOM_FOLDER.mkdir(exist_ok=True)
    for name, room in ROOM_PLANS.items():
        samples = response(room)
        soundfile.write(ROOM_FOLDER / f"{name}.flac", samples, SAMPLE_RATE, "PCM_16")
        print(f"{name}: {len(samples) / SAMPLE_RATE:.2f} s")


if __name__ == "__main__":
    main()
