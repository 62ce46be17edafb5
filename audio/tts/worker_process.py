"""A synthesis process, seen from Limber: asked for a line at a time, and never trusted to answer."""

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path

from audio.errors import AudioError
from audio.score import VoiceSettings

START_FACTOR = 4
"""Patience while a process starts, as a multiple of the usual: a cold disk is slow."""
SECONDS_PER_CHARACTER = 0.01
"""Patience added for each character of a line, in seconds; some hundred times what espeak-ng takes."""
REPLY_BYTES = 65_536
"""Most bytes of a reply that are read at once."""
VOICE_REMEDY = "free some memory, then run `main.py doctor`"
"""What to do where a synthesis process fails."""


class SynthesisProcess:
    """Runs `audio.tts.worker` for one voice; the process starts at once, and the first line waits for it.

    Threads may share one: a lock has lines spoken one after the other.
    """

    def __init__(self, settings: VoiceSettings, patience: float) -> None:
        """Start the process. Raises AudioError where the system has no room for it.

        `patience`: seconds without an answer after which the process counts as hung.
        """
        self._patience = patience
        self._lock = threading.Lock()
        self._ready = False
        command = ["-m", "audio.tts.worker", settings.name, str(settings.words_per_minute), str(settings.pitch)]
        try:
            self._process: subprocess.Popen[bytes] = subprocess.Popen(  # noqa: S603 - Python itself, no shell
                [sys.executable, *command],
                cwd=Path(__file__).resolve().parents[2],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Ctrl-C is Limber's to handle: a group of its own keeps the voice until Limber has ended.
                process_group=0,
            )
        except OSError as error:
            raise AudioError(f"the voice process cannot start ({error.strerror}): {VOICE_REMEDY}") from error
        if self._process.stdin is None or self._process.stdout is None:
            raise AudioError(f"the voice process has no pipes: {VOICE_REMEDY}")
        self._requests, self._replies = self._process.stdin, self._process.stdout

    def say(self, text: str, path: Path) -> None:
        """Speak `text`, not blank, into a WAV file at `path`; blocks until it is complete.

        Raises AudioError where the process refuses, is dead or does not answer in time; close it then.
        """
        with self._lock:
            if not self._ready:
                self._await(self._patience * START_FACTOR)
                self._ready = True
            request = (json.dumps({"text": text, "path": str(path)}) + "\n").encode()
            try:
                # One request at a time, far smaller than a pipe holds: this never blocks.
                self._requests.write(request)
                self._requests.flush()
            except (OSError, ValueError) as error:
                raise AudioError(f"the voice process was lost ({error}): {VOICE_REMEDY}") from error
            self._await(self._patience + SECONDS_PER_CHARACTER * len(text))

    def close(self) -> None:
        """End the process, whatever it is doing; a line that another thread waits for raises AudioError there."""
        self._process.kill()  # the one signal that a suspended process obeys; it also wakes who awaits an answer
        self._process.wait()
        with self._lock:
            with contextlib.suppress(OSError):
                self._requests.close()
            self._replies.close()

    def _await(self, patience: float) -> None:
        """Wait so many seconds for a reply. Raises AudioError for one that tells of an error, and for none."""
        until, answer = time.monotonic() + patience, b""
        while not answer.endswith(b"\n"):
            if self._replies.closed:
                raise AudioError(f"the voice process was closed: {VOICE_REMEDY}")
            readable, _, _ = select.select([self._replies], [], [], max(0.0, until - time.monotonic()))
            if not readable:
                raise AudioError(f"the voice process does not answer: {VOICE_REMEDY}")
            read = os.read(self._replies.fileno(), REPLY_BYTES)
            if not read:
                raise AudioError(f"the voice process died: {VOICE_REMEDY}")
            answer += read
        reason: str | None = json.loads(answer)["error"]
        if reason is not None:
            raise AudioError(reason)
