"""Sound devices: the only import of sounddevice."""


def trouble() -> str | None:
    """Why nobody can be heard and spoken to here, in one sentence; None when there are a microphone and a speaker."""
    try:
        import sounddevice
    except OSError:  # PortAudio is a system library, and looked for at import
        return "The sound library PortAudio is missing (install libportaudio2)."
    try:
        devices = sounddevice.query_devices()
    except sounddevice.PortAudioError as error:
        return f"The sound devices cannot be listed ({error})."
    if not any(device["max_input_channels"] for device in devices):
        return "There is no microphone here."
    if not any(device["max_output_channels"] for device in devices):
        return "There is no speaker here."
    return None
