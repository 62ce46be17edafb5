"""Unpacking of a zip archive into a folder, without trust in what the archive says of itself."""

import errno
import os
import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from audio.errors import AudioError

MOST_ENTRIES = 1_000
"""Most entries of an archive."""
FEWEST_PARTS = 2
"""Fewest parts of the path of a file: the archive's one folder, and a name."""
NO_FAULT_OF_THE_DISK = {errno.EEXIST, errno.EINVAL, errno.ENAMETOOLONG}
"""Errors of the system that an archive causes: by impossible offsets and names, and by a name that comes twice."""
ARCHIVE_REMEDY = "fetch it again from where it is published"
"""What to do about a damaged archive."""


def unpack(archive: Path, folder: Path, limit: int) -> None:
    """Unpack the one folder of an archive as `folder`, which must not exist.

    `limit`: most size of all files together, in bytes.
    Raises AudioError for an archive that is damaged, too large, or reaches beyond its folder, and OSError where there
    is no room; what was written by then stays.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            files = _checked(opened, archive, limit)
            folder.mkdir()
            for info, place in files:
                path = folder / place
                path.parent.mkdir(parents=True, exist_ok=True)
                # An entry never yields more than the size that was checked, and then its CRC must fit.
                with opened.open(info) as packed, path.open("xb") as file:
                    shutil.copyfileobj(packed, file)
                    file.flush()
                    os.fsync(file.fileno())  # a rename that outlives a power cut must not outlive what it renamed
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise _damaged(archive, error) from error
    except OSError as error:
        if error.errno in NO_FAULT_OF_THE_DISK:
            raise _damaged(archive, error) from error
        raise


def _checked(opened: zipfile.ZipFile, archive: Path, limit: int) -> list[tuple[zipfile.ZipInfo, PurePosixPath]]:
    """List the files of an archive, each with its place under the archive's one folder, after checking them."""
    entries = opened.infolist()
    if len(entries) > MOST_ENTRIES:
        raise AudioError(f"{archive}: {len(entries):,} entries are too many for a model; {ARCHIVE_REMEDY}")
    if (total := sum(info.file_size for info in entries)) > limit:
        raise AudioError(
            f"{archive}: {total:,} bytes when unpacked, more than the {limit:,} expected; {ARCHIVE_REMEDY}"
        )
    for info in entries:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise AudioError(f"{archive}: {info.filename!r} is neither a file nor a folder; {ARCHIVE_REMEDY}")
        if info.filename.startswith("/") or "\\" in info.filename or ".." in PurePosixPath(info.filename).parts:
            raise AudioError(f"{archive}: {info.filename!r} reaches beyond the archive; {ARCHIVE_REMEDY}")
    places = [(info, PurePosixPath(info.filename)) for info in entries if not info.is_dir()]
    if any(len(place.parts) < FEWEST_PARTS for _, place in places) or len({place.parts[0] for _, place in places}) != 1:
        raise AudioError(f"{archive}: it does not hold one folder; {ARCHIVE_REMEDY}")
    return [(info, place.relative_to(place.parts[0])) for info, place in places]


def _damaged(archive: Path, error: Exception) -> AudioError:
    """Build the error of a damaged archive."""
    return AudioError(f"{archive}: not a whole zip archive ({error}); {ARCHIVE_REMEDY}")
