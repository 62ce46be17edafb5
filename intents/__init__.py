"""What people say or type, and what they mean by it."""

import os

# onnxruntime reports its use over the network unless this is set when it is first imported; so it is set here, before
# any module of this package, as in `audio`. Nothing leaves the machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
