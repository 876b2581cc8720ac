"""The keys of the staff screens: what they are called at the foot, and what the help says of them."""

from dataclasses import replace

from campaign.language import N_
from tui.widgets.key_bar import Key

LANGUAGE = Key("l", "app.language", "l", N_("中文"), N_("Switch between Chinese and English."))
THEME = Key("t", "app.theme", "t", N_("Theme"), N_("Switch between the light and the dark theme."), foot=False)
HELP = Key("question_mark", "app.help", "?", N_("Help"), N_("Show all keys of this screen."))
QUIT = Key("q", "app.leave", "q", N_("Quit"), N_("Close the program. Everything recorded is already stored."))
BACK = Key("escape", "back", "Esc", N_("Back"), N_("Go back without changing anything."))
OPEN = Key("", "", "Enter", N_("Open"), N_("Open the row under the cursor; a click does it too."))
TAKE = Key("", "", "Enter", N_("Choose"), N_("Choose the row under the cursor; a click does it too."))
MOVE = Key("", "", "↑ ↓", N_("Move"), N_("Move the cursor; Page Up, Page Down, Home and End go further."), foot=False)
SECTION = Key(
    "tab", "next_section", "Tab", N_("Section"), N_("Show the next section of the page; Shift+Tab the one before.")
)
NARROW = Key("", "", "/", N_("Search"), N_("Type to narrow log or cases; Enter keeps it, Esc ends it."))
DIGIT = Key("", "", "1–6", N_("Section"), N_("Show the section with this number."), foot=False)
ADD = Key(
    "a", "app.add_entry", "a", N_("Record"), N_("Record in the log what happened: a meeting, a visit, a notice …")
)
CORRECT = Key(
    "e", "correct", "e", N_("Correct"), N_("Correct the entry under the cursor of the log, or take it back on its day.")
)
UNDO = Key("u", "app.undo", "u", N_("Undo"), N_("Take back the entry that was recorded last in this window."))
SESSION = Key("s", "app.open_session", "s", N_("Session"), N_("Open a survey session and get its PIN."))
PAPER = Key("p", "app.paper", "p", N_("Paper"), N_("Hand out, take back and key the paper forms of a session."))
DUE = Key(
    "d", "app.due", "d", N_("Owed"), N_("What is owed in the whole campaign: overdue, today, in the next 7 days.")
)
CASE_LIST = Key("c", "app.cases", "c", N_("Cases"), N_("Corrections, answers to people, requests for support."))
NEW_CASE = Key("i", "app.new_case", "i", N_("New case"), N_("Open a correction or a request for support."))
ONE_BRANCH = Key("b", "branch", "b", N_("Only these"), N_("Only the cases of the one under the cursor, or all again."))
SCAN = Key(
    "",
    "",
    "/",
    N_("Search, scan"),
    N_("Type to narrow the list. The number of a case or a slip, typed or scanned, opens it with Enter."),
)
DO = Key("", "", "Enter", N_("Do it"), N_("Do with the case what stands under the cursor; a form asks for the rest."))
SCAN_NEXT = Key("", "", "0–9", N_("Scan"), N_("Scan or type the number of another case or slip; Enter opens it."))
READ = Key("", "", "PgDn", N_("Read on"), N_("Scroll through what the case went through; PgUp goes back."), foot=False)
AMEND = Key("e", "amend", "e", N_("Correct"), N_("Correct what is said about the case; what was there before is kept."))

CALENDAR = Key("w", "app.calendar", "w", N_("Calendar"), N_("All branches side by side in time, and what overlaps."))
OFFICIALS = Key(
    "n", "app.officials", "n", N_("Officials"), N_("Contact officials: their visits, the next ones, who has none.")
)
CHANGE = Key(
    "g",
    "app.change_plan",
    "g",
    N_("Plan"),
    N_("Change the plan of the branch: days, pauses, condition, venue and money."),
)
SHIFT = Key("", "", "← →", N_("Earlier/later"), N_("Move through the time."))
NEARER = Key("plus,equals_sign", "zoom(1)", "+", N_("Nearer"), N_("Fewer days in more detail, down to single days."))
FARTHER = Key("minus", "zoom(-1)", "-", N_("Farther"), N_("More days at once."))
OVERLAPS = Key("i", "overlaps", "i", N_("Overlaps"), N_("List what overlaps below; Enter there opens the branch."))
FILTER = Key(
    "", "", "/", N_("Search"), N_("Type to narrow the list, or begin with a digit; Enter keeps it, Esc ends it.")
)
SEARCH_ALL = Key(
    "slash,、",
    "app.search",
    "/",
    N_("Search"),
    N_("Search everything by typing: names, codes, cases, the log."),
)
PART = Key("f", "part", "f", N_("Part"), N_("Show all of the list or a part of it, in turn."))
KIND = Key("k", "kind", "k", N_("Kind"), N_("Show all kinds or one kind, in turn."))
ORDER = Key("o", "order", "o", N_("Order"), N_("Sort in another order, in turn."))
OPINIONS = Key("v", "app.opinions", "v", N_("Opinions"), N_("Opinions: sort them, merge them, see to them."))
MARK = Key(
    "space", "mark", "Space", N_("Mark"), N_("Mark the row, or take the mark away; a key then takes all marked.")
)
SORT_INTO = Key("g", "sort", "g", N_("Sort into"), N_("Sort the marked rows, or this one, into a category."))
MERGE = Key("m", "merge", "m", N_("Merge"), N_("Merge the marked opinions, or this one, into an item."))
TURN = Key("i", "turn", "i", N_("To a case"), N_("Open a case for this item: a correction, an answer, support."))
REWORD = Key("e", "reword", "e", N_("Correct"), N_("Correct the item's text for the public."))
DISCARD = Key(
    "delete,z",
    "discard",
    "Del",
    N_("Discard"),
    N_("Put the marked opinions aside, or this one, with a reason; they stay here. z does it too."),
)
BRING_BACK = Key(
    "b", "bring_back", "b", N_("Bring back"), N_("Take opinions out of their item, or bring discarded ones back.")
)
WRITE_DOWN = Key("a", "write_down", "a", N_("Write down"), N_("Write down opinions of a box, a meeting, a telephone."))
READ_ON = Key("", "", "↑ ↓", N_("Read on"), N_("Read on below; the space bar turns the page."))
NEXT = Key("", "", "Enter", N_("Next"), N_("Take the value and go to the next field."))
SAVE = Key("ctrl+s,f2", "save", "Ctrl+S", N_("Save"), N_("Save from any field; F2 does it too."))
KEEP = Key("enter,y", "keep", "Enter", N_("Save anyway"), N_("Store it all the same."))
LEAVE_FORM = (
    Key("enter,y", "keep", "Enter", N_("Leave"), N_("Leave the form; what was typed is lost.")),
    Key("escape", "back", "Esc", N_("Stay"), N_("Go on with the form.")),
)
SUPPORT = (
    Key("enter,y", "keep", "Enter", N_("Save and ask for it"), N_("Store the change, then write the request.")),
    Key("n", "only", "n", N_("Only save"), N_("Store the change and ask for nothing now.")),
    Key("escape", "back", "Esc", N_("Back to the form"), N_("Store nothing yet.")),
)
GO_ON = (
    Key("enter,y", "keep", "Enter", N_("Yes"), N_("Do it.")),
    Key("escape", "back", "Esc", N_("No"), N_("Leave everything as it is.")),
)
RESULT_LIST = Key(
    "r", "app.sessions", "r", N_("Results"), N_("Sessions and results: close, verify, publish, see the result.")
)
CLOSE_SESSION = Key(
    "c", "close", "c", N_("Close"), N_("Close the session: the kiosks take no more answers, the counting begins.")
)
LOOK_AT_ACCOUNT = Key("i", "account", "i", N_("Form account"), N_("Look at the ballot account of the session."))
VERIFY = Key("y", "verify", "y", N_("Verify"), N_("Verify the count by two roles: the result opens."))
POST = Key("b", "publish", "b", N_("Publish"), N_("Publish the result, with the last day of the notice."))
DECLARE_VOID = Key("d", "void", "d", N_("Void"), N_("Declare the session void, with the reason."))
WHOLE = Key("g", "whole", "g", N_("All together"), N_("The results of all together."))
TO_HALL = Key("h", "hall", "h", N_("To the hall"), N_("Show this result in the hall, or take it off again."))
EXPORT = Key(
    "x", "export", "x", N_("Export"), N_("Write results into a folder: all or those of one, in all formats or in one.")
)
NEXT_SURVEY = Key("k", "kind", "k", N_("Survey"), N_("Show the next survey: final, pulse, recheck."))
ALL_UNITS = Key("g", "all_units", "g", N_("All together"), N_("The results of all together."))
READ_PAGE = Key("", "", "↑ ↓", N_("Move"), N_("Scroll, or move the cursor; Enter on a row shows its results."))
DONE = Key("enter,escape", "back", "Enter", N_("Close page"), N_("Close this page."))

_LISTED = tuple(replace(key, foot=False) for key in (PART, KIND, ORDER))
COMMON = (LANGUAGE, THEME, HELP, QUIT)
HALL = (LANGUAGE, THEME, HELP, replace(QUIT, foot=False))
"""Nobody who passes the wall need be told how to take it down."""
TYPING = (
    Key("", "", "Enter", N_("Keep search"), N_("Keep what was typed: the list stays narrowed.")),
    Key("", "", "Esc", N_("All"), N_("Forget what was typed: the whole list is shown again.")),
)
"""The foot while a list is narrowed."""
SHOWN = Key("f", "part", "f", N_("Show"), N_("Show all, or those late, not done, or not working, in turn."), foot=False)
TYPE = Key("k", "kind", "k", N_("Type"), N_("Show all types or one type, in turn."), foot=False)
SORT = Key("o", "order", "o", N_("Order"), N_("Sort in another order, in turn."), foot=False)
EVERYTHING = Key(
    "escape", "everything", "Esc", N_("All"), N_("Show everything again, the most urgent first."), foot=False
)
DASHBOARD = (
    OPEN,
    MOVE,
    DUE,
    CASE_LIST,
    OPINIONS,
    CALENDAR,
    OFFICIALS,
    SEARCH_ALL,
    ADD,
    replace(UNDO, foot=False),
    SESSION,
    PAPER,
    RESULT_LIST,
    SHOWN,
    TYPE,
    SORT,
    EVERYTHING,
    *COMMON,
)
DUE_LIST = (OPEN, MOVE, FILTER, PART, KIND, ORDER, ADD, BACK, *COMMON)
CASES = (OPEN, MOVE, SCAN, PART, KIND, ORDER, ONE_BRANCH, NEW_CASE, ADD, BACK, *COMMON)
CASE = (DO, MOVE, READ, AMEND, SCAN_NEXT, ADD, BACK, *COMMON)
BRANCH = (
    SECTION,
    DIGIT,
    MOVE,
    NARROW,
    *_LISTED,
    CASE_LIST,
    OPINIONS,
    ADD,
    CORRECT,
    UNDO,
    CHANGE,
    CALENDAR,
    OFFICIALS,
    SESSION,
    PAPER,
    RESULT_LIST,
    BACK,
    *COMMON,
)
CALENDAR_LIST = (OPEN, SHIFT, NEARER, FARTHER, OVERLAPS, MOVE, FILTER, PART, KIND, ORDER, BACK, *COMMON)
OFFICIALS_LIST = (OPEN, MOVE, FILTER, PART, KIND, ORDER, ADD, BACK, *COMMON)
SEARCH = (OPEN, MOVE, BACK)
OPINION_DEEDS = (SORT_INTO, MERGE, TURN, REWORD, DISCARD, BRING_BACK)
_ELSEWHERE = tuple(replace(key, foot=False) for key in (CASE_LIST, DUE))
"""Keys of the dashboard that do the same where there is no room to say so."""
OPINION_LIST = (OPEN, MOVE, MARK, *OPINION_DEEDS, WRITE_DOWN, FILTER, PART, KIND, ORDER, *_ELSEWHERE, BACK, *COMMON)
OPINION = (MOVE, *OPINION_DEEDS, *_ELSEWHERE, BACK, *COMMON)
CHOOSE = (TAKE, MOVE, BACK, *COMMON)

SESSIONS = (
    OPEN,
    MOVE,
    LOOK_AT_ACCOUNT,
    CLOSE_SESSION,
    VERIFY,
    POST,
    DECLARE_VOID,
    WHOLE,
    TO_HALL,
    EXPORT,
    FILTER,
    *_LISTED,
    SESSION,
    PAPER,
    BACK,
    *COMMON,
)
RESULTS = (
    SECTION,
    DIGIT,
    READ_PAGE,
    NEXT_SURVEY,
    ALL_UNITS,
    TO_HALL,
    EXPORT,
    replace(PART, foot=False),
    replace(ORDER, foot=False),
    replace(SESSION, foot=False),
    BACK,
    *COMMON,
)
ACCOUNT = (READ_PAGE, PAPER, BACK, *COMMON)
FORM = (NEXT, SAVE, BACK)
QUESTION = (KEEP, BACK)
CLOSE = (DONE, LANGUAGE, THEME)
