"""Neural networks in ONNX files, opened by onnxruntime with one thread each."""

from pathlib import Path

import onnxruntime

from audio.errors import AudioError


def open_network(path: Path, remedy: str) -> onnxruntime.InferenceSession:
    """Open a network from its file. Raises AudioError, which ends with `remedy`, when the file is missing."""
    options = onnxruntime.SessionOptions()
    # The other cores belong to the card's thread. Without the arena, a long utterance's memory is given back.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.enable_mem_pattern = False
    if not path.is_file():
        raise AudioError(f"{path} is missing. {remedy}")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
