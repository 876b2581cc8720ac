"""What became of scanned forms, and what is in doubt, in words."""

from campaign.language import N_
from surveys.paper.queue import Doubt
from surveys.paper.scan_results import Fate, PageFate
from surveys.texts import tr

FATES = {
    Fate.KEYED: tr.phrase(N_("read and kept")),
    Fate.QUEUED: tr.phrase(N_("to be settled by a person")),
    Fate.AGAIN: tr.phrase(N_("read before: the same sheet once more")),
    Fate.COPY: tr.phrase(N_("another sheet with the number of one that was read before")),
    Fate.REFUSED: tr.phrase(N_("not taken")),
}
PAGE_FATES = {
    PageFate.EMPTY: tr.phrase(N_("empty page")),
    PageFate.NOT_OURS: tr.phrase(N_("none of our forms")),
    PageFate.OTHER_CODE: tr.phrase(N_("its code is none of our forms'")),
    PageFate.UNKNOWN: tr.phrase(N_("a form that was not printed here")),
    PageFate.QUEUED: tr.phrase(N_("its code is damaged: a person types the number under it")),
    PageFate.WAITING: tr.phrase(N_("its code is damaged: it waits for its number already")),
    PageFate.UNPLACED: tr.phrase(N_("its code is damaged: say of which session it is, with --session ID")),
    PageFate.FILE: tr.phrase(N_("could not be read")),
}
DOUBTS = {
    Doubt.BLANK: tr.phrase(N_("nothing is marked")),
    Doubt.SEVERAL: tr.phrase(N_("more is marked than may be")),
    Doubt.FAINT: tr.phrase(N_("a faint or unclear mark")),
    Doubt.TAKEN_BACK: tr.phrase(N_("a mark was perhaps taken back")),
    Doubt.WRITTEN: tr.phrase(N_("something is written")),
    Doubt.UNREAD: tr.phrase(N_("its page was not read")),
    Doubt.APART: tr.phrase(N_("its boxes are on pages that were not read together")),
    Doubt.NOT_ALLOWED: tr.phrase(N_("what is marked is not allowed")),
}
