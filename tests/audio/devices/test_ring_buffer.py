"""The ring buffer between two threads: what comes out is what went in, in order, and nothing else."""

import sys
import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.devices.ring_buffer import RingBuffer

pytestmark = pytest.mark.engine

CAPACITY = 7


@given(st.lists(st.tuples(st.sampled_from(["write", "read", "rewrite"]), st.integers(0, 10)), max_size=60))
def test_it_holds_the_last_samples_in_order_up_to_its_capacity(steps: list[tuple[str, int]]) -> None:
    ring, waiting, value = RingBuffer(CAPACITY), list[float](), 0.0
    for step, count in steps:
        fresh = [value := value + 1 for _ in range(count)]
        match step:
            case "write":
                taken = ring.write(np.array(fresh, np.float32))
                assert taken == min(count, CAPACITY - len(waiting))
                waiting += fresh[:taken]
            case "rewrite":
                size = min(count, len(waiting))
                ring.rewrite(np.array(fresh[:size], np.float32))
                waiting[len(waiting) - size :] = fresh[:size]
            case _:
                out = np.full(count, -1, np.float32)
                got = ring.read_into(out)
                assert got == min(count, len(waiting))
                assert out.tolist() == waiting[:got] + [-1.0] * (count - got)
                waiting = waiting[got:]
        assert (ring.filled, ring.free) == (len(waiting), CAPACITY - len(waiting))


def test_a_thread_that_writes_and_one_that_reads_lose_and_invent_nothing() -> None:
    ring, total, interval = RingBuffer(64), 20_000, sys.getswitchinterval()
    numbers = np.arange(total, dtype=np.float32)

    def write() -> None:
        at = 0
        while at < total:
            at += ring.write(numbers[at : at + 50])

    writer = threading.Thread(target=write)
    sys.setswitchinterval(1e-5)
    try:
        writer.start()
        out, at = np.zeros(37, np.float32), 0
        while at < total:
            count = ring.read_into(out)
            assert np.array_equal(out[:count], numbers[at : at + count])
            at += count
        writer.join()
    finally:
        sys.setswitchinterval(interval)
