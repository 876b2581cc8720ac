"""Whether a store still holds every commit that was acknowledged."""

from pathlib import Path

from campaign.i18n import I18n
from db.failures import damaged
from db.files import require_pages
from db.tables import RowDB
from db.witness import acknowledged


def require_commits(db: RowDB, path: Path) -> None:
    """StoreError V86 if pages are missing, or the newest acknowledged commits: they were in a log that is damaged."""
    [(pages,)] = db.storage.transactions.fetch("pragma page_count")
    [(page_size,)] = db.storage.transactions.fetch("pragma page_size")
    require_pages(path, int(str(pages)), int(str(page_size)))
    known = acknowledged(path)  # before what is held: others may commit in between
    held = db.storage.transactions.last_commit()
    missing = known.get(held.store, 0) - held.number if held else 0
    if missing > 0:
        why = I18n(
            zh=f"最近{missing}次已确认的写入不在其中",
            en=f"its newest changes are missing ({missing} of those acknowledged)",
        )
        raise damaged(why, path)
