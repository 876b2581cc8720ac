"""The keys of the staff screens: what they are called at the foot, and what the help says of them."""

from campaign.language import N_
from tui.widgets.key_bar import Key

LANGUAGE = Key("l", "app.language", "l", N_("中文"), N_("Switch between Chinese and English."))
THEME = Key("t", "app.theme", "t", N_("Theme"), N_("Switch between the light and the dark theme."), foot=False)
HELP = Key("question_mark", "app.help", "?", N_("Help"), N_("Show all keys of this screen."))
QUIT = Key("q", "app.leave", "q", N_("Quit"), N_("Close the program. Everything recorded is already stored."))
BACK = Key("escape", "back", "Esc", N_("Back"), N_("Go back without changing anything."))
OPEN = Key("", "", "Enter", N_("Open"), N_("Open the row under the cursor; a click does it too."))
MOVE = Key("", "", "↑ ↓", N_("Move"), N_("Move the cursor; Page Up, Page Down, Home and End go further."), foot=False)
SWITCH = Key("", "", "Tab", N_("Other list"), N_("Go to the other list."))
ADD = Key(
    "a", "app.add_entry", "a", N_("Record"), N_("Record in the log what happened: a meeting, a visit, a notice …")
)
SESSION = Key("s", "app.open_session", "s", N_("Session"), N_("Open a survey session and get its PIN."))
PAPER = Key("p", "app.paper", "p", N_("Paper"), N_("Hand out, take back and key the paper forms of a session."))
DUE = Key(
    "d", "app.due", "d", N_("Owed"), N_("What is owed in the whole campaign: overdue, today, in the next 7 days.")
)
FILTER = Key(
    "", "", "/", N_("Search"), N_("Type to narrow the list, or begin with a digit; Enter keeps it, Esc ends it.")
)
PART = Key("f", "part", "f", N_("Part"), N_("Show all of the list or a part of it, in turn."))
KIND = Key("k", "kind", "k", N_("Kind"), N_("Show all kinds or one kind, in turn."))
ORDER = Key("o", "order", "o", N_("Order"), N_("Sort in another order, in turn."))
READ_ON = Key("", "", "↑ ↓", N_("Read on"), N_("Read on below; the space bar turns the page."))
NEXT = Key("", "", "Enter", N_("Next"), N_("Take the value and go to the next field."))
SAVE = Key("ctrl+s,f2", "save", "Ctrl+S", N_("Save"), N_("Save from any field; F2 does it too."))
KEEP = Key("enter,y", "keep", "Enter", N_("Keep it"), N_("Store it all the same."))
DONE = Key("enter,escape", "back", "Enter", N_("Close"), N_("Close this page."))

COMMON = (LANGUAGE, THEME, HELP, QUIT)
HALL = COMMON
SHOWN = Key("f", "part", "f", N_("Show"), N_("Show all, or those late, not done, or not working, in turn."), foot=False)
TYPE = Key("k", "kind", "k", N_("Type"), N_("Show all types or one type, in turn."), foot=False)
SORT = Key("o", "order", "o", N_("Order"), N_("Sort in another order, in turn."), foot=False)
EVERYTHING = Key(
    "escape", "everything", "Esc", N_("All"), N_("Show everything again, the most urgent first."), foot=False
)
DASHBOARD = (OPEN, MOVE, DUE, ADD, SESSION, PAPER, SHOWN, TYPE, SORT, EVERYTHING, *COMMON)
DUE_LIST = (OPEN, MOVE, FILTER, PART, KIND, ORDER, ADD, BACK, *COMMON)
BRANCH = (MOVE, SWITCH, ADD, SESSION, PAPER, BACK, *COMMON)
CHOOSE = (OPEN, MOVE, BACK, *COMMON)
FORM = (NEXT, SAVE, BACK)
QUESTION = (KEEP, BACK)
CLOSE = (DONE, LANGUAGE, THEME)
