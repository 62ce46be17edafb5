"""What was heard and what is played: devices, the mixer, the segmenter, recognisers and the voice."""

import os

# The detector of voices shares its tiny network out among four threads, which costs eighteen times what it saves. Its
# library takes no other number, and asks for the limit when it is loaded: hence here, before any of this room.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

# onnxruntime reports its use over the network, and keeps a device id and a queue of reports in the user's cache, unless
# this is set when it is first imported: hence here, whatever was set before. Nothing leaves the machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
