"""How much work something is, however fast the machine: the interpreter's instructions that it takes."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def operations(work: Callable[[], object]) -> int:
    """The bytecode instructions that are carried out, in this thread, to do some work."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:  # noqa: ANN401 (as sys.settrace has it)
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
