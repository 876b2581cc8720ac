"""Why the operating system refuses a file or folder, in words."""

import errno

from campaign.language import N_, Phrase
from campaign.texts import tr

_NO_ROOM = N_("the disk is full")
_NOT_ALLOWED = N_("permission denied")
_ABSENT = N_("there is no such file or folder")
_REASONS = {
    errno.ENOSPC: _NO_ROOM,
    errno.EDQUOT: _NO_ROOM,
    errno.EFBIG: _NO_ROOM,
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: N_("nothing can be written there"),
    errno.ENOENT: _ABSENT,
    errno.ENOTDIR: _ABSENT,
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("it is a file, not a folder"),
    errno.ENAMETOOLONG: N_("its name is too long"),
}
_OTHERWISE = N_("the system refuses it (number {number})")


def refusal(number: int | None) -> Phrase:
    """An ``errno`` in words."""
    return tr.phrase(_REASONS.get(number or 0, _OTHERWISE), number=number or 0)
