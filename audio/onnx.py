"""Networks of onnxruntime, opened with one thread."""

from pathlib import Path

import onnxruntime

from audio.errors import AudioError


def open_network(path: Path, remedy: str) -> onnxruntime.InferenceSession:
    """A network from its file, one thread. Raises AudioError, which tells the remedy, when it is missing."""
    options = onnxruntime.SessionOptions()
    # One thread: the other cores belong to the sound. Without the arena, memory returns after a long utterance.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    if not path.is_file():
        raise AudioError(f"{path} is missing. {remedy}")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
