"""The zone of this computer, with its daylight saving, from the variable TZ or the system's own file."""

import os
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SYSTEM_ZONE = Path("/etc/localtime")
"""The file of the system's zone."""


def local_zone() -> tzinfo:
    """The zone of this computer; UTC where none is set."""
    name = os.environ.get("TZ", "").removeprefix(":")
    try:
        if name:
            return ZoneInfo(name)
        with SYSTEM_ZONE.open("rb") as file:
            return ZoneInfo.from_file(file, key="localtime")
    except (OSError, ValueError, ZoneInfoNotFoundError):
        return UTC


def with_zone(civil: datetime, zone: tzinfo) -> datetime:
    """A civil time with an offset, as one in a zone of the same offset then, whose daylight saving is known.

    Where the zone has another offset then, the time stays as it is.
    """
    there = civil.astimezone(zone)
    return there if there.utcoffset() == civil.utcoffset() else civil
