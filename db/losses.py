"""Whether a store still holds every commit that was acknowledged."""

from pathlib import Path

from campaign.i18n import I18n
from db.failures import damaged
from db.tables import RowDB
from db.witness import acknowledged


def require_commits(db: RowDB, path: Path) -> None:
    """StoreError V86 if the newest acknowledged commits are not in the store: they were in a log that is damaged."""
    known = acknowledged(path)
    held = db.storage.transactions.last_commit()
    if known and held and known.store == held.store and known.number > held.number:
        missing = known.number - held.number
        why = I18n(
            zh=f"最近{missing}次已确认的写入不在其中",
            en=f"its newest changes are missing ({missing} of those acknowledged)",
        )
        raise damaged(why, path)
