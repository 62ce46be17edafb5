"""A web server on this machine that has one file, and every fault a download meets."""

import contextlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CHUNK = 1 << 15


@dataclass
class Site:
    """What is served, and how badly; may be changed between requests."""

    data: bytes
    marks: dict[str, str] = field(default_factory=lambda: {"ETag": '"one"'})
    """Headers that tell one version from the next."""
    ranges: bool = True
    status: int = 200
    length: int | None = None
    """Content-Length where it is not the true one; negative for none."""
    breaks: list[int] = field(default_factory=list)
    """After how many bytes each of the next answers ends."""
    hangs_after: int | None = None
    """Bytes after which nothing more comes."""
    seconds_per_chunk: float = 0.0
    asked: list[str | None] = field(default_factory=list)
    """The Range of every request so far."""
    answered: list[int] = field(default_factory=list)
    """The status of every answer so far."""
    address: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Serve one GET."""
        asked = handler.headers.get("Range")
        same = handler.headers.get("If-Range") in {None, *self.marks.values()}
        begin = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and self.ranges and same else 0
        status = self.status if self.status != 200 or not begin else 206
        if begin >= len(self.data):
            status, begin = 416, len(self.data)
        self.asked.append(asked)
        self.answered.append(status)
        handler.send_response(status)
        body = self.data[begin:] if status in {200, 206} else b"sorry"
        for name, value in self.marks.items():
            handler.send_header(name, value)
        if status == 206:
            handler.send_header("Content-Range", f"bytes {begin}-{len(self.data) - 1}/{len(self.data)}")
        if (length := len(body) if self.length is None else self.length) >= 0:
            handler.send_header("Content-Length", str(length))
        if self.hangs_after is None or self.hangs_after > 0:
            handler.end_headers()
        self._send(handler, body[: self.breaks.pop(0)] if self.breaks else body)

    def _send(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        for begin in range(0, len(body), CHUNK):
            if self.hangs_after is not None and begin >= self.hangs_after:
                self.over.wait()
                return
            handler.wfile.write(body[begin : begin + CHUNK])
            time.sleep(self.seconds_per_chunk)


@contextmanager
def serving(site: Site) -> Iterator[Site]:
    """Serve a site on a free port; its address is filled in."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with contextlib.suppress(ConnectionError):
                site.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.address = f"http://127.0.0.1:{server.server_port}/tiny.zip"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            site.over.set()
            server.shutdown()
            thread.join()
