"""How loud a microphone is."""

import time

import numpy as np

from audio.devices.portaudio import Device, MicrophoneStream

LISTEN_SECONDS = 1.0
DIGITAL_SILENCE = 1e-6


def microphone_level(device: Device) -> float:
    """The loudest sample of a second, in dBFS; -120 for digital silence. Raises AudioError when it cannot be opened."""
    source = MicrophoneStream(device)
    try:
        time.sleep(LISTEN_SECONDS)
        samples = np.zeros(source.ring.filled, np.float32)
        source.ring.read_into(samples)
    finally:
        source.close()
    return float(20 * np.log10(max(DIGITAL_SILENCE, np.abs(samples).max(initial=0.0))))
