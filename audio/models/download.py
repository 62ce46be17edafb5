"""Download of one file, resumed where it broke off. No other module of Limber reaches the network."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import requests

from audio.errors import AudioError

CHUNK_BYTES = 1 << 16
"""Size of the pieces in which a body is written, in bytes."""

Progress = Callable[[int, int], None]
"""A callback given the bytes that are there, which fall back to 0 where a download restarts, and the bytes in all."""


@dataclass(frozen=True)
class Patience:
    """How long a server may keep Limber waiting, in seconds."""

    connect: float = 10.0
    """Time for a connection."""
    read: float = 30.0
    """Time for the next bytes."""
    pause: float = 1.0
    """Pause before a download that broke off is resumed."""


def download(address: str, part: Path, size: int, progress: Progress, patience: Patience = Patience()) -> None:
    """Download a file of `size` bytes into `part`, which may hold its beginning already.

    A download that breaks off is resumed for as long as that brings the file further. What has come stays in `part`,
    and beside it the mark by which the server knows that version of the file.
    Raises AudioError where the server cannot be reached, refuses, or has a file of another size.
    """
    if _bytes_in(part) > size:
        discard(part)
    most = _bytes_in(part)
    while _bytes_in(part) < size:
        try:
            _attempt(address, part, size, progress, patience)
        except requests.RequestException as error:
            if (have := _bytes_in(part)) <= most:
                raise _failed(address, part, _reason(error, have, size)) from error
            most = have
            time.sleep(patience.pause)
    _mark(part).unlink(missing_ok=True)


def discard(part: Path) -> None:
    """Delete what was downloaded, so that the next download starts over."""
    part.unlink(missing_ok=True)
    _mark(part).unlink(missing_ok=True)


def _attempt(address: str, part: Path, size: int, progress: Progress, patience: Patience) -> None:
    """Request the rest of the file, or all of it, into `part`. Raises RequestException as requests does."""
    # Without a mark nobody could tell whether the rest belongs to the same version.
    begin = _bytes_in(part) if _mark(part).exists() else 0
    headers = {"Accept-Encoding": "identity"}  # bytes are counted and resumed as they are stored
    if begin:
        headers |= {"Range": f"bytes={begin}-", "If-Range": _mark(part).read_text(encoding="latin-1")}
    waits = (patience.connect, patience.read)
    with requests.get(address, headers=headers, stream=True, timeout=waits) as response:
        match response.status_code:
            case HTTPStatus.OK:
                begin = 0
            case HTTPStatus.PARTIAL_CONTENT if response.headers.get("Content-Range") == (
                f"bytes {begin}-{size - 1}/{size}"
            ):
                pass
            case HTTPStatus.PARTIAL_CONTENT | HTTPStatus.BAD_REQUEST | HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE if (
                begin
            ):
                discard(part)  # it is of another version of the file, or its mark is damaged
                return
            case code:
                raise _failed(address, part, f"the server answers {code} {response.reason}")
        length = response.headers.get("Content-Length", "")
        if length.isdecimal() and begin + int(length) != size:
            # Perhaps a page to log in on; what is there may still be right.
            raise _failed(address, part, f"the server's file has {begin + int(length):,} bytes instead of {size:,}")
        if not begin:
            _remember(part, response)
        _receive(response, address, part, begin, size, progress)


def _receive(response: requests.Response, address: str, part: Path, begin: int, size: int, progress: Progress) -> None:
    """Write the body of a response to `part`, from the byte `begin` on."""
    with part.open("ab") as file:
        file.truncate(begin)
        progress(begin, size)
        for chunk in response.iter_content(CHUNK_BYTES):
            begin += len(chunk)
            if begin > size:
                discard(part)
                raise _failed(address, part, f"the server's file has more than {size:,} bytes")
            file.write(chunk)
            progress(begin, size)
    if begin < size:
        raise requests.ConnectionError("the answer ended early")


def _remember(part: Path, response: requests.Response) -> None:
    """Keep the mark of the server's version of the file; If-Range takes no weak ETag."""
    tag = response.headers.get("ETag", "W/")
    mark = response.headers.get("Last-Modified") if tag.startswith("W/") else tag
    discard(part)
    if mark is not None:
        _mark(part).write_text(mark, encoding="latin-1")


def _mark(part: Path) -> Path:
    """The file beside `part` with the mark of its version."""
    return part.with_name(f"{part.name}.version")


def _bytes_in(part: Path) -> int:
    """The bytes that were downloaded so far."""
    return part.stat().st_size if part.exists() else 0


def _reason(error: requests.RequestException, have: int, size: int) -> str:
    """Explain a failed request, with `have` of `size` bytes downloaded."""
    kept = f" ({have:,} of {size:,} bytes are kept)" if have else ""
    match error:
        case requests.exceptions.SSLError():
            return f"its certificate cannot be trusted, is the clock of this machine right?{kept}"
        case requests.Timeout():
            return f"the server does not answer{kept}"
        case requests.ConnectionError() | requests.exceptions.ChunkedEncodingError():
            return f"no connection to the server{kept}"
        case _:
            return str(error)


def _failed(address: str, part: Path, why: str) -> AudioError:
    """Build the error of a download that failed, with what else a person can do."""
    name = part.name.removesuffix(".part")
    by_hand = f"fetch {address} on another computer and run `main.py models install --file {name}`"
    return AudioError(f"{name}: {why}; try again, or {by_hand}")
