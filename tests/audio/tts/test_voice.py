"""The voice: pyttsx3 in processes that are killed, suspended and shared, and the clips they leave."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from audio.errors import AudioError
from audio.frames import FRAMES_PER_SECOND, frames
from audio.samples import Clip
from audio.score import Earcon, Speech, VoiceSettings
from audio.tts.clip import LOUDNESS, VOICE_RATE, finished_clip, read_speech
from audio.tts.clip_cache import ClipCache, default_folder
from audio.tts.voice import UNSPOKEN_FRAMES, Voice
from audio.tts.worker import load_system_library
from audio.tts.worker_process import SynthesisProcess
from benchmarks.rig.places import ROOT

pytestmark = pytest.mark.engine

ONES = "one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty".split()
NUMBERS = [*ONES, *TEENS, *(word for ten in TENS for word in (ten, *(f"{ten}-{one}" for one in ONES))), "sixty"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "clips"


@pytest.fixture
def voice(folder: Path) -> Iterator[Voice]:
    with Voice(folder, patience=10) as voice:
        yield voice


def synthesis_pids() -> list[int]:
    """The voice processes of this one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            command = (status.parent / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == os.getpid() and b"audio.tts.worker" in command:
            found.append(int(status.parent.name))
    return found


def first_above(clip: Clip, level: float) -> float:
    """When the clip first exceeds an amplitude, in seconds."""
    return int(np.argmax(np.abs(clip) > level)) / FRAMES_PER_SECOND


@pytest.mark.parametrize("fit", [FRAMES_PER_SECOND, 40_000])
def test_every_count_to_sixty_fits_begins_at_once_and_is_loud_enough(voice: Voice, fit: int) -> None:
    counts = [Speech(number, fit=fit) for number in NUMBERS]
    assert len(counts) == 60
    assert max(voice.prepare(counts)) <= fit
    assert len(synthesis_pids()) <= 3, "faster counts share processes"
    for count in counts:
        clip = voice.clip(count)
        assert first_above(clip, 0.003) <= 0.020, count.text
        assert first_above(clip, 0.03) <= 0.300, count.text
        assert 0.2 <= np.abs(clip).max() < 0.9, count.text


def test_every_line_is_right_at_the_first_try(voice: Voice) -> None:
    voice.clip(Speech("zero"))
    (pid,) = synthesis_pids()
    voice.prepare([Speech(number) for number in NUMBERS])
    assert synthesis_pids() == [pid], "the process was replaced, so a line had failed"


def test_no_rate_fits_a_sentence_into_a_tenth_of_a_second(voice: Voice) -> None:
    with pytest.raises(AudioError, match="use fewer words"):
        voice.clip(Speech("Turn your head slowly to the right.", fit=4800))


def test_lengths_rates_and_voices(voice: Voice) -> None:
    text = "Let go slowly, and rest."
    usual, slow, high = (
        Speech(text, settings)
        for settings in (VoiceSettings(), VoiceSettings(words_per_minute=100), VoiceSettings(pitch=80))
    )
    lengths = voice.prepare([usual, slow, high, Earcon("listening")])
    assert lengths == tuple(len(voice.clip(sound)) for sound in (usual, slow, high, Earcon("listening")))
    assert lengths[1] / lengths[0] == pytest.approx(1.5, abs=0.2)
    assert not np.array_equal(voice.clip(usual), voice.clip(high))


def test_lines_are_equally_loud(voice: Voice) -> None:
    for text in ("six", "Breathe out.", "Keep your shoulders low, and look straight ahead."):
        clip = voice.clip(Speech(text))
        blocks = clip[: len(clip) // 480 * 480].reshape(-1, 480).astype(np.float64)
        powers = (blocks**2).mean(axis=1)
        loudness = np.sqrt(powers[powers > powers.max() / 100].mean())
        assert 20 * np.log10(loudness / LOUDNESS) == pytest.approx(0, abs=1), text
        assert clip.dtype == np.float32
        assert not clip.flags.writeable


def test_trimming_keeps_a_soft_last_consonant() -> None:
    noise = np.random.default_rng(1).uniform(-1, 1, VOICE_RATE).astype(np.float32)
    silence = np.zeros(VOICE_RATE, dtype=np.float32)
    speech = np.concatenate([silence, 0.5 * noise[:8000], 0.005 * noise[:4000], silence])
    clip = finished_clip(speech)
    assert len(clip) / FRAMES_PER_SECOND == pytest.approx(12_000 / VOICE_RATE + 0.015, abs=0.002)
    assert np.abs(clip[-2000:-1000]).max() > 0.001
    assert np.abs(clip[[0, -1]]).max() < 0.0005


@pytest.mark.parametrize("text", ["", " \n\t", "...", "?!", "\0", "\ud800"])
def test_where_there_is_nothing_to_say_there_is_a_short_silence(voice: Voice, text: str) -> None:
    clip = voice.clip(Speech(text))
    assert len(clip) == UNSPOKEN_FRAMES == frames(0.05)
    assert not clip.any()


@pytest.mark.parametrize(
    "text",
    [
        'say "hi" \\ {"text": null}',
        "it's\none line\r\nof three",
        "a\0b\x1b[0m",
        "half \ud83d a pair",
        "☺ smile",
        "你好",
        "-5 °C & <b>bold</b> [[foo]]",
        "x" * 2000,
    ],
)
def test_any_text_is_spoken_and_the_next_line_too(voice: Voice, text: str) -> None:
    assert np.abs(voice.clip(Speech(text))).max() > 0.2
    assert np.abs(voice.clip(Speech("Then rest."))).max() > 0.2
    assert len(synthesis_pids()) == 1


def test_a_text_of_pages_is_spoken_whole(voice: Voice) -> None:
    short, long = voice.prepare([Speech("Breathe in and out. " * 20), Speech("Breathe in and out. " * 200)])
    assert long == pytest.approx(10 * short, rel=0.1)


def test_a_killed_process_is_replaced(voice: Voice) -> None:
    voice.clip(Speech("Before."))
    (pid,) = synthesis_pids()
    os.kill(pid, signal.SIGKILL)
    assert np.abs(voice.clip(Speech("After."))).max() > 0.2
    assert synthesis_pids() != [pid]


def test_killed_over_and_over_every_count_is_still_right(voice: Voice, folder: Path, tmp_path: Path) -> None:
    counts = [Speech(number) for number in NUMBERS]
    over = threading.Event()

    def kill() -> None:
        """Kill the voice at every seventh clip, so that it always gets on."""
        reached = 7
        while not over.wait(0.001):
            if len(list(folder.glob("*.pcm"))) >= reached and (pids := synthesis_pids()):
                os.kill(pids[0], signal.SIGKILL)
                reached += 7

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        lengths = voice.prepare(counts)
    finally:
        over.set()
        killer.join()
    with Voice(tmp_path / "undisturbed") as other:
        # No two clips of espeak-ng are the same; the last vowel of "thirty" varies by 12 ms.
        assert lengths == pytest.approx(other.prepare(counts), abs=1500)


def test_a_hung_process_is_replaced(folder: Path) -> None:
    with Voice(folder, patience=1.0) as voice:
        voice.clip(Speech("Before."))
        (pid,) = synthesis_pids()
        os.kill(pid, signal.SIGSTOP)
        assert np.abs(voice.clip(Speech("After."))).max() > 0.2
        assert pid not in synthesis_pids()


def test_a_voice_that_does_not_exist_is_an_error_with_a_remedy(voice: Voice) -> None:
    with pytest.raises(AudioError, match=r"gmw/nobody cannot be used .*: see espeak-ng --voices"):
        voice.clip(Speech("one", VoiceSettings("gmw/nobody")))
    assert synthesis_pids() == []


def test_a_line_that_cannot_be_saved_is_an_error_at_once(tmp_path: Path) -> None:
    process = SynthesisProcess(VoiceSettings(), patience=10)
    try:
        with pytest.raises(AudioError, match=r"could not be saved .*: free some space"):
            process.say("one", tmp_path / "nowhere" / "line.wav")
    finally:
        process.close()


def test_a_relative_folder_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Voice(Path("clips")) as voice:
        voice.clip(Speech("one"))
    assert len(list((tmp_path / "clips").iterdir())) == 1


def test_few_processes_are_kept_and_none_remains(folder: Path) -> None:
    with Voice(folder) as voice:
        voice.prepare([Speech("one", VoiceSettings(words_per_minute=rate)) for rate in range(140, 200, 10)])
        assert len(synthesis_pids()) == 4
    assert synthesis_pids() == []
    with pytest.raises(AudioError, match="closed"):
        voice.clip(Speech("two"))
    voice.close()


def test_closing_ends_a_line_that_another_thread_waits_for(folder: Path) -> None:
    voice = Voice(folder, patience=30)
    voice.clip(Speech("one"))
    (pid,) = synthesis_pids()
    os.kill(pid, signal.SIGSTOP)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(voice.clip, Speech("two"))
        time.sleep(0.2)
        began = time.monotonic()
        voice.close()
        assert isinstance(waiting.exception(timeout=5), AudioError)
        assert time.monotonic() - began < 2
    assert synthesis_pids() == []


def test_threads_share_a_voice(voice: Voice) -> None:
    sounds = [Speech(number) for number in NUMBERS[:20]]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(voice.prepare, [sounds, sounds[::-1], sounds[5:], sounds[:15]]))
    assert [len(answer) for answer in answers] == [20, 20, 15, 15]
    assert len(synthesis_pids()) == 1


def test_voices_share_a_cache(folder: Path) -> None:
    sounds = [Speech(number) for number in NUMBERS[:10]]
    with Voice(folder) as one, Voice(folder) as other, ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda voice: voice.prepare(sounds), [one, other]))
        for sound in sounds:
            np.testing.assert_array_equal(one.clip(sound), other.clip(sound))


def test_a_warm_cache_gives_the_same_clip_and_starts_nothing(folder: Path) -> None:
    sound = Speech("Turn your head slowly to the right.")
    with Voice(folder) as voice:
        cold = voice.clip(sound)
    with Voice(folder) as voice:
        np.testing.assert_array_equal(voice.clip(sound), cold)
        assert synthesis_pids() == []


@pytest.mark.parametrize("damage", [b"", b"abc", b"\0" * 5000])
def test_a_damaged_clip_is_made_again(folder: Path, damage: bytes) -> None:
    sound = Speech("Rest.")
    with Voice(folder) as voice:
        whole = voice.clip(sound)
        (path,) = folder.iterdir()
        path.write_bytes(damage)
        assert len(voice.clip(sound)) == pytest.approx(len(whole), abs=1500)
    assert len(path.read_bytes()) > 10_000


def test_a_folder_that_disappears_is_made_again(voice: Voice, folder: Path) -> None:
    voice.clip(Speech("one"))
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    assert np.abs(voice.clip(Speech("one"))).max() > 0.2


def test_the_cache_drops_what_was_used_least_recently(folder: Path) -> None:
    cache = ClipCache(folder, capacity=5000)
    clip = np.full(1000, 0.25, dtype=np.float32)
    cache.store("a", clip)
    cache.store("b", clip)
    past = time.time() - 60
    for key, age in (("a", past), ("b", past + 1)):
        os.utime(folder / f"{key}.pcm", (age, age))
    np.testing.assert_array_equal(cache.load("a"), clip)
    (folder / "notes.txt").write_text("not a clip" * 1000)
    cache.store("c", clip)
    assert {path.name for path in folder.iterdir()} == {"a.pcm", "c.pcm", "notes.txt"}


def test_folders_that_others_can_write_to_are_refused(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    with pytest.raises(AudioError, match="mode 700"):
        ClipCache(shared)
    link = tmp_path / "link"
    link.symlink_to(shared)
    with pytest.raises(AudioError, match="mode 700"):
        ClipCache(link)
    (tmp_path / "file").write_text("")
    with pytest.raises(AudioError, match="no clips can be kept"):
        ClipCache(tmp_path / "file")


def test_the_default_cache_is_private_and_in_memory() -> None:
    ClipCache(default_folder())
    assert default_folder().stat().st_mode & 0o777 == 0o700
    memory = Path("/dev/shm")  # noqa: S108 - only looked at
    assert default_folder().is_relative_to(memory) or not os.access(memory, os.W_OK)


@pytest.mark.parametrize("content", [b"", b"not a sound", None])
def test_a_voice_that_writes_no_sound_is_noticed(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "line.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(AudioError, match="the voice left no sound"):
        read_speech(path, "one", 150)


@pytest.mark.parametrize("library", ["load_system_library", "load_wheel_library"])
def test_either_library_speaks(tmp_path: Path, library: str) -> None:
    if library == "load_system_library" and load_system_library() is None:
        pytest.skip("espeak-ng is not installed on this system")
    path = tmp_path / "line.wav"
    program = (
        f"from audio.tts import worker; library = worker.{library}()\n"
        f"worker.Synthesiser(library, 'gmw/en-us', 150, 50).save('Turn your head.', {str(path)!r})\n"
        "print(*(line for line in open('/proc/self/maps') if 'espeak-ng.so' in line))"
    )
    maps = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert ("espeakng_loader" in maps) == (library == "load_wheel_library")
    assert 0.5 < len(finished_clip(read_speech(path, "Turn your head.", 150))) / FRAMES_PER_SECOND < 1.5
