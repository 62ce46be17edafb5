"""The program that holds pyttsx3: one process, one voice, one rate, one line at a time.

    python -m audio.tts.worker VOICE WORDS_PER_MINUTE PITCH

The program answers `{"error": null}` once the voice is set. Then each line on stdin, `{"text": ..., "path": ...}`, is
spoken into a WAV file at that path (16-bit PCM, mono, 22,050 Hz) and answered by `{"error": null}`, or by the reason
why not. The program ends with its input.

Synthesis has a process of its own because a hang inside espeak-ng can only be cured by killing it, and because
espeak-ng adopts a rate in its own thread, where pyttsx3 cancels whatever is not yet done each time its loop ends: a
rate changed between two lines reaches the wrong line or none, and a line begun while espeak-ng is busy is lost. So the
settings are made once, when no loop will end, and are read back; and a line is done only when espeak-ng is idle again.
"""

import ctypes
import json
import os
import sys
import threading
import time
from typing import TextIO

SYSTEM_LIBRARY = "libespeak-ng.so.1"
"""File name under which the system has espeak-ng."""
REPLY_POLL_SECONDS = 0.1
"""Interval at which a line is looked at for an error while it is spoken, in seconds."""
IDLE_POLL_SECONDS = 0.001
"""Interval at which espeak-ng is asked whether it is idle, in seconds."""
ESPEAK_RATE, ESPEAK_PITCH, ESPEAK_CURRENT = 1, 3, 1
"""espeak-ng's own numbers for its parameters, and for asking for the value in use."""


class SynthesisError(Exception):
    """Why no line can be spoken: one line, ending with the remedy."""


def load_system_library() -> ctypes.CDLL | None:
    """Load the system's espeak-ng; None where there is none."""
    try:
        return ctypes.CDLL(SYSTEM_LIBRARY)
    except OSError:
        return None


def load_wheel_library() -> ctypes.CDLL:
    """Load the espeak-ng of the espeakng-loader wheel, which must be done before pyttsx3 is first imported.

    Raises SynthesisError where the wheel is missing or has no build for this machine.
    """
    try:
        import espeakng_loader

        os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
        # pyttsx3 looks for the soname, under which it then finds what is loaded already.
        return ctypes.CDLL(espeakng_loader.get_library_path())
    except (ImportError, OSError, RuntimeError) as error:
        raise SynthesisError(f"espeak-ng is missing ({error}): sudo apt install libespeak-ng1") from error


class Synthesiser:
    """pyttsx3 with one voice, rate and pitch for its whole life. At most one in a process."""

    def __init__(self, library: ctypes.CDLL, voice: str, words_per_minute: int, pitch: int) -> None:
        """Wait until the settings hold. Raises SynthesisError for a voice that espeak-ng does not know.

        `library`: the espeak-ng that pyttsx3 will find; pyttsx3 alone cannot tell what espeak-ng has adopted.
        """
        try:
            import pyttsx3
        except ImportError as error:
            raise SynthesisError(f"pyttsx3 cannot be loaded ({error}): pip install pyttsx3") from error
        self._library = library
        self._wanted = {ESPEAK_RATE: words_per_minute, ESPEAK_PITCH: pitch}
        self._finished = threading.Event()
        self._errors: list[str] = []
        self._engine = pyttsx3.init("espeak")
        self._engine.connect("finished-utterance", self._on_finished)
        self._engine.connect("error", lambda name, exception: self._errors.append(str(exception)))
        # After a first, empty loop a property is handed on at once, and no loop ends behind it.
        self._until_idle()
        self._engine.runAndWait()
        for key, value in (("voice", voice), ("rate", words_per_minute), ("pitch", pitch)):
            self._until_idle()
            self._engine.setProperty(key, value)
        self._until_idle()
        if self._errors:
            raise SynthesisError(f"the voice {voice} cannot be used ({self._errors[0]}): see espeak-ng --voices")
        self._check()

    def save(self, text: str, path: str) -> None:
        """Speak `text`, not blank, into a WAV file; it is complete on return.

        Raises SynthesisError where it was not spoken, or not at the rate and pitch that were asked for.
        """
        self._errors.clear()
        self._finished.clear()
        self._engine.save_to_file(text, path)
        self._engine.runAndWait()
        # runAndWait may return before the thread of espeak-ng has written the file.
        while not self._errors and not self._finished.wait(REPLY_POLL_SECONDS):
            pass
        self._until_idle()
        if self._errors:
            raise SynthesisError(f"the line could not be spoken ({self._errors[0]}): change its text")
        self._check()

    def _on_finished(self, name: str | None, completed: bool) -> None:  # noqa: ARG002 - pyttsx3 names its arguments
        """Note that a line is over; called in a thread of espeak-ng."""
        if not completed:
            self._errors.append("it was cancelled")
        self._finished.set()

    def _until_idle(self) -> None:
        """Wait until espeak-ng speaks no more."""
        # Without an end: whoever waits for the reply has the timeout, and ends this process.
        while self._library.espeak_IsPlaying():
            time.sleep(IDLE_POLL_SECONDS)

    def _check(self) -> None:
        """Read rate and pitch back. Raises SynthesisError where espeak-ng uses others."""
        for parameter, value in self._wanted.items():
            adopted = self._library.espeak_GetParameter(parameter, ESPEAK_CURRENT)
            if adopted != value:
                raise SynthesisError(f"espeak-ng speaks with {adopted} instead of {value}: reinstall espeak-ng")


def serve(lines: TextIO, replies: TextIO, voice: str, words_per_minute: int, pitch: int) -> None:
    """Answer requests until there are no more; a voice that cannot be had is answered by one error."""

    def reply(error: str | None) -> None:
        """Write one reply."""
        replies.write(json.dumps({"error": error}) + "\n")
        replies.flush()

    def fail(unraisable: "sys.UnraisableHookArgs") -> None:
        """Reply to an error inside a callback of espeak-ng, and end the process."""
        # pyttsx3 writes the file inside a callback of espeak-ng: an error there (a full disk) would be lost
        # and waited for without end.
        reply(f"the line could not be saved ({unraisable.exc_value}): free some space or check the folder")
        os._exit(1)

    sys.unraisablehook = fail
    try:
        library = load_system_library() or load_wheel_library()
        synthesiser = Synthesiser(library, voice, words_per_minute, pitch)
    except SynthesisError as error:
        reply(str(error))
        return
    reply(None)
    for line in lines:
        request = json.loads(line)
        try:
            synthesiser.save(request["text"], request["path"])
        except SynthesisError as error:
            reply(str(error))
        else:
            reply(None)


def main() -> None:
    """Serve on stdin and stdout, which pyttsx3, who prints, must not reach."""
    _, voice, words_per_minute, pitch = sys.argv
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    serve(sys.stdin, replies, voice, int(words_per_minute), int(pitch))


if __name__ == "__main__":
    main()
