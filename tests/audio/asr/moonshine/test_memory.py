"""Memory goes back to the system after an utterance."""

import subprocess
import sys

import pytest

from benchmarks.rig.places import ROOT

pytestmark = pytest.mark.engine

PROGRAM = """
import ctypes, sys
from pathlib import Path
from audio.asr.moonshine.memory import give_back, map_large_blocks

library = ctypes.CDLL(None)
library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
library.free.argtypes = [ctypes.c_void_p]

def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

def filled(size: int, number: int) -> list[int]:
    blocks = [library.malloc(size) for _ in range(number)]
    for block in blocks:
        ctypes.memset(block, 1, size)
    return blocks

if "map" in sys.argv:
    map_large_blocks()
library.free(filled(20_000_000, 1)[0])  # from here on the C library would keep blocks of up to this size
before = resident()
blocks = filled(3_000_000, 10)
last = filled(1000, 1)  # keeps the blocks below from the end of the heap, where they would be given back
for block in blocks:
    library.free(block)
if "give" in sys.argv:
    give_back()
print((resident() - before) / 30_000_000)
"""


def kept(*steps: str) -> float:
    """The share of 30 MB that a process keeps after it has freed them."""
    run = subprocess.run([sys.executable, "-c", PROGRAM, *steps], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(run.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc alone keeps freed memory like this")
def test_freed_memory_goes_back_by_either_means() -> None:
    assert kept() > 0.8, "the C library keeps it by itself"
    assert kept("map") < 0.1
    assert kept("give") < 0.1
