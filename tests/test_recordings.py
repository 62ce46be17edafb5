"""Recordings of every kind are read, or refused with a remedy; what the speaker plays is a plain WAV."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from audio.errors import AudioError
from audio.recordings import SpeakerFile, read, resample

pytestmark = pytest.mark.unit


def tone(rate: int, seconds: float = 1.0) -> NDArray[np.float32]:
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate)).astype(np.float32)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize(
    ("suffix", "subtype"),
    [
        ("wav", "PCM_U8"),
        ("wav", "PCM_16"),
        ("wav", "PCM_24"),
        ("wav", "FLOAT"),
        ("wav", "DOUBLE"),
        ("flac", "PCM_16"),
        ("flac", "PCM_24"),
    ],
)
def test_reads_every_rate_and_depth(tmp_path: Path, rate: int, suffix: str, subtype: str) -> None:
    path = tmp_path / f"tone.{suffix}"
    soundfile.write(path, tone(rate), rate, subtype=subtype)
    recording = read(path)
    assert recording.rate == rate
    assert recording.samples.dtype == np.float32
    np.testing.assert_allclose(recording.samples, tone(rate), atol=0.01)


def test_averages_channels(tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    soundfile.write(path, np.stack([tone(16_000), 0.5 * tone(16_000)], axis=1), 16_000)
    np.testing.assert_allclose(read(path).samples, 0.75 * tone(16_000), atol=1e-3)


def test_any_name_will_do(tmp_path: Path) -> None:
    path = tmp_path / "take.raw"
    soundfile.write(path, tone(16_000), 16_000, format="WAV")
    assert len(read(path).samples) == 16_000


def test_values_that_are_not_finite_or_beyond_full_scale_are_tamed(tmp_path: Path) -> None:
    path = tmp_path / "wild.wav"
    soundfile.write(path, np.array([np.nan, np.inf, -np.inf, 1e30, 0.25], np.float32), 16_000, subtype="FLOAT")
    assert read(path).samples.tolist() == [0, 1, -1, 1, 0.25]


@pytest.mark.parametrize("suffix", ["wav", "flac"])
def test_reads_what_a_truncated_file_holds(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"cut.{suffix}"
    soundfile.write(path, tone(16_000, 3), 16_000)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    samples = read(path).samples
    assert 16_000 < len(samples) < 32_000
    np.testing.assert_allclose(samples, tone(16_000, 3)[: len(samples)], atol=0.01)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("nothing.wav", b""),
        ("head.wav", b"RIFF\x10\x00\x00\x00WAVE"),
        ("prose.wav", b"This is not a recording at all. " * 50),
        ("prose.raw", b"This is not a recording at all. " * 50),
        ("head.flac", b"fLaC\x00\x00"),
    ],
)
def test_refuses_what_is_no_recording(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(AudioError, match=rf"{name}.*WAV or FLAC"):
        read(path)


@pytest.mark.parametrize("suffix", ["wav", "flac"])
def test_refuses_a_recording_without_sound(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"empty.{suffix}"
    soundfile.write(path, tone(16_000, 0), 16_000)
    with pytest.raises(AudioError, match=rf"empty\.{suffix}"):
        read(path)


def test_refuses_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match=r"missing\.wav: No such file"):
        read(tmp_path / "missing.wav")
    with pytest.raises(AudioError, match="Is a directory"):
        read(tmp_path)


def test_resampling_keeps_the_tone() -> None:
    np.testing.assert_allclose(resample(tone(44_100), 44_100, 16_000)[200:-200], tone(16_000)[200:-200], atol=0.01)
    assert resample(tone(16_000, 0), 8_000, 16_000).size == 0


def test_the_speaker_file_is_the_sum_of_its_blocks(tmp_path: Path) -> None:
    path = tmp_path / "out.wav"
    sound = 1.5 * tone(48_000)
    with SpeakerFile(path) as speaker:
        for start in range(0, len(sound), 960):
            speaker.write(sound[start : start + 960])
    about = soundfile.info(path)
    assert (about.format, about.subtype, about.channels, about.samplerate) == ("WAV", "PCM_16", 1, 48_000)
    recording = read(path)
    np.testing.assert_allclose(recording.samples, np.clip(sound, -1, 1), atol=1e-4)


def test_the_speaker_file_tells_why_it_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match=r"out\.wav can't be written: No such file or directory"):
        SpeakerFile(tmp_path / "nowhere" / "out.wav")
    with pytest.raises(AudioError, match="Is a directory"):
        SpeakerFile(tmp_path)


def test_a_full_disk_is_an_error_not_a_short_file() -> None:
    with pytest.raises(AudioError, match="No space left"), SpeakerFile(Path("/dev/full")) as speaker:
        speaker.write(tone(48_000, 5))
