"""Sound in and sound out: devices, echo cancellation, voice activity, recognition, synthesis and the mixer.

Arrays of sound are named in `samples`: `Samples` at 16 kHz for what is heard, `Clip` at 48 kHz for what is played.
"""

import os

# Silero's network (voice activity detection) divides a computation of microseconds among four threads of OpenMP, which
# costs eighteen times what it saves. OpenMP reads this limit once, when the network's library is loaded: so it is set
# here, before any module of this package.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

# onnxruntime reports its use over the network, and keeps a device id and a queue of reports in the user's cache, unless
# this is set when it is first imported: hence here, whatever was set before. Nothing leaves the machine.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
