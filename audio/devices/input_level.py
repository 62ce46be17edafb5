"""How loud a microphone is, for the check of the devices."""

import time

import numpy as np

from audio.devices.portaudio import Device, MicrophoneStream

LISTEN_SECONDS = 1.0
"""How long the microphone is listened to, in seconds."""
DIGITAL_SILENCE = 1e-6
"""Least amplitude that counts (-120 dBFS), so that digital silence has a level."""


def microphone_level(device: Device) -> float:
    """Measure the loudest sample within a second, in dBFS; -120 for digital silence.

    Raises AudioError when the microphone cannot be opened.
    """
    source = MicrophoneStream(device)
    try:
        time.sleep(LISTEN_SECONDS)
        sound = np.zeros(source.ring.filled, np.float32)
        source.ring.read_into(sound)
    finally:
        source.close()
    return float(20 * np.log10(max(DIGITAL_SILENCE, np.abs(sound).max(initial=0.0))))
