"""What was heard and what is played: devices, the mixer, the segmenter, recognisers and the voice."""

import os

# The detector of voices shares its tiny network out among four threads, which costs eighteen times what it saves. Its
# library takes no other number, and asks for the limit when it is loaded: hence here, before any of this room.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")
