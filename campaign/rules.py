"""The catalogue of rules and their messages.

V numbers are those of the domain reference; M numbers are of this program: files, store, command line.
Chinese stands in the catalogue of this package.
"""

from dataclasses import dataclass
from enum import StrEnum

from campaign.language import N_


class Severity(StrEnum):
    """What a broken rule does."""

    ERROR = "E"
    """Refused."""
    WARNING = "W"
    """Saved with a mark."""
    CONFIRM = "C"
    """Asks for confirmation."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: how severe, and its message with ``{names}`` for the values."""

    severity: Severity
    message: str


def _error(message: str) -> Rule:
    return Rule(Severity.ERROR, message)


def _warning(message: str) -> Rule:
    return Rule(Severity.WARNING, message)


def _confirm(message: str) -> Rule:
    return Rule(Severity.CONFIRM, message)


RULES: dict[str, Rule] = {
    "V01": _error(N_("The campaign must end after it starts: start {a}, end {b}.")),
    "V02": _error(N_('Time zone "{tz}" is not known. Example: Asia/Shanghai.')),
    "V03": _error(
        N_(
            "{n} branches with {m} members are recorded; the plan says {en} and {em}. Correct the lists or confirm the new totals."
        )
    ),
    "V04": _error(N_('Code {code} is already used by "{name}". Choose another.')),
    "V05": _error(N_("Member categories of {code} add up to {s}, the total is {t}.")),
    "V06": _error(N_('Enter a whole number, 0 or more (got "{x}").')),
    "V07": _error(N_("{code} has no first-responsible role. Name one before the campaign starts.")),
    "V08": _error(N_("{code} already has a first-responsible role until {d}.")),
    "V09": _error(N_("The leading group of {code} must be headed by its first-responsible role.")),
    "V10": _warning(N_("{x} has no contact point yet.")),
    "V11": _error(N_("{code} already has a lead contact official ({l}).")),
    "V12": _error(N_('{code} is "{cond}". Record a plan (rebuild, merge, reassign) with a date.')),
    "V13": _warning(N_("{code} has no {what}. Open a support request?")),
    "V14": _warning(N_("This text seems to hold a phone or identity number. Remove personal data.")),
    "V20": _error(N_("{phase} of {code} ({a}–{b}) lies outside the campaign ({s}–{e}).")),
    "V21": _error(N_("{phase} ends before it starts.")),
    "V22": _error(N_("{phase} starts {a}, before {prev} ends ({b}). Earliest start: {c}.")),
    "V23": _error(N_("{code} plans {n} study days, fewer than {min}. Lengthen a phase or give a reason.")),
    "V24": _warning(N_("{code} plans {n} study days, more than {max}. Is this realistic?")),
    "V25": _confirm(N_('{date} is inside the busy period "{label}" of {code}. Keep it?')),
    "V26": _warning(N_("All branches have the same dates. Each may set its own.")),
    "V27": _error(N_("Give a reason of at least 5 characters for moving {what} from {a} to {b}.")),
    "V28": _error(N_("The pause would reach {n} days; the limit is {max}. Make it shorter.")),
    "V30": _error(N_("The date {d} must lie between {a} and {b}.")),
    "V31": _error(N_("{n} required steps are open: {list}. Finish or waive them.")),
    "V32": _error(N_("{prev} of {code} is not approved yet. Request approval first.")),
    "V33": _error(N_('"{step}" is a required step. You may waive it for a branch, with a reason.')),
    "V34": _error(N_('Give a reason (5+ characters) for waiving "{step}".')),
    "V35": _error(N_("Attendance adds to {s} but only {e} were expected ({cat}).")),
    "V36": _error(N_('{name}: {e}, but {code} has only {m} people in "{cat}". Correct the number.')),
    "V37": _warning(N_("{h} hours is unusually long. Please confirm.")),
    "V40": _error(N_("A finding needs a suggested correction, an owner and a deadline. Missing: {list}.")),
    "V41": _error(N_("The deadline {d} must not lie before {f}. Choose a later day.")),
    "V42": _error(N_("{role} owns this item and cannot verify it. Somebody else must.")),
    "V43": _error(
        N_("Only items that cannot be done now may be closed by explanation; write the explanation for the public.")
    ),
    "V44": _warning(N_("This finding was entered {n} days after the visit.")),
    "V45": _warning(N_("The deadline {d} falls after the campaign ends ({e}).")),
    "V46": _error(N_("The questionnaire is final since {d}. Make a new version to change it.")),
    "V47": _error(N_("{qid} has no {lang} text.")),
    "V48": _error(N_("A survey needs at least one scale question and exactly one overall question (now {n}).")),
    "V49": _error(N_("Option code {c} is used twice in {qid}.")),
    "V50": _error(
        N_('The session of {code} must be run by somebody from outside {code}; "{x}" is of {code}. Name another role.')
    ),
    "V51": _error(N_("Record the briefing (what was done and corrected) before the vote: give its day.")),
    "V52": _confirm(N_('"{item}" is not confirmed. Start anyway? This will be printed in the report.')),
    "V53": _error(N_("{i} forms issued, only {p} available. Count the forms again.")),
    "V54": _warning(
        N_("{x} forms were given out and handed in at kiosks, but {y} people were present. Check the numbers.")
    ),
    "V55": _error(
        N_(
            "{r} forms came back, but {i} were issued. Count again. If it stays so, this vote must be declared void and repeated."
        )
    ),
    "V56": _error(N_("{v} valid + {x} void = {s}, but {r} were returned. Look for the forms between.")),
    "V57": _error(N_("{n} returned forms are not keyed yet. Key them or declare them void.")),
    "V58": _error(N_("Results are shown after the count is verified. Close the session first, then verify its count.")),
    "V59": _error(N_("There are no valid forms; nothing can be published.")),
    "V60": _warning(N_("Only {p} per cent of the forms came back. The notice will say so.")),
    "V61": _error(N_("{table}: the parts add up to {a}, the total is {b}. Nothing was written; please report this.")),
    "V62": _error(N_("Choose at most {n} (chosen {m}).")),
    "V63": _error(N_('"{opt}" cannot be combined with other choices.')),
    "V64": _error(N_("{m} characters; at most {n}.")),
    "V66": _warning(N_("Remove personal details before publishing {id}: {list}.")),
    "V70": _error(
        N_("The code {x} is not complete or was misread. Scan again or type the {n} characters under the square.")
    ),
    "V71": _error(N_("Form {x} does not belong to this campaign. Put it aside as void (unknown form).")),
    "V72": _error(N_("This is a {kind} code. Please scan the code on the {wanted}.")),
    "V73": _error(N_('Form {x} belongs to "{s}" / {code}. Put it aside for that session.')),
    "V74": _error(N_('Form {x} was keyed before. To key it a second time choose "Second keying".')),
    "V75": _error(N_('Form {x} is marked "{state}". Mark it returned first.')),
    "V76": _confirm(N_('{qid}: first "{a}", now "{b}". Look at the paper and choose.')),
    "V77": _error(N_("An answer needs an outcome and a text the citizen can understand.")),
    "V78": _error(N_("The deadline {why}.")),
    "V79": _error(N_('"{a}" cannot become "{b}". Possible: {list}.')),
    "V80": _warning(
        N_("The computer date {t} is before the last record ({d}). Check the clock; overdue marks are switched off.")
    ),
    "V82": _error(N_("The notice must stay until {d} at the earliest ({n} working days). Give a later day.")),
    "V83": _error(N_("Posted results cannot be changed. Issue a correcting notice.")),
    "V84": _error(N_("{n} answers are still open: {list}. Finish them.")),
    "V85": _warning(N_("A target of {x} may push people towards form over substance. Is it realistic?")),
    "V86": _error(N_("The data file cannot be read: {why}. Nothing was changed. Last good copy: {path}.")),
    "M01": _error(N_("There is no campaign in {path}. Start one with: manyi init --sample town")),
    "M02": _error(N_("{detail} See: {command} --help")),
    "M03": _error(N_("The file {path} cannot be read: {why}. Check the name and the permissions.")),
    "M04": _error(N_("This is not valid TOML: {why}. Correct this line.")),
    "M05": _error(N_('"{field}" is not a field here. Known: {known}.')),
    "M06": _error(N_('"{field}" is missing. Add it.')),
    "M07": _error(N_('"{value}" does not fit: {why}.')),
    "M08": _error(N_('There is no {kind} "{x}". Known: {known}.')),
    "M09": _error(
        N_('{path} already holds the campaign "{title}". Nothing was changed; choose another folder with --data.')
    ),
    "M10": _error(
        N_("A response with this id is stored already, with other answers. Nothing was changed; use a new id.")
    ),
    "M11": _error(N_('There is no session "{id}". See: manyi session list')),
    "M12": _error(N_('Session {id} is "{state}"; this needs "{wanted}".')),
    "M13": _error(N_("The output could not be written: {why}. What was to be stored is stored.")),
    "M14": _error(N_("The PIN must have 4 to 8 digits (got {n} characters). Choose another.")),
    "M16": _error(N_("{what} must have {min} to {max} characters (got {n}).")),
    "M17": _error(N_('"{x}" is not a date. Write it as 2026-11-23.')),
    "M18": _error(N_('Choose an outcome: {known} (got "{x}").')),
    "M19": _error(N_("This screen needs a terminal. For scripts there is: manyi status")),
    "M20": _error(
        N_(
            'Type "{type}" cannot be asked at a kiosk. Use select_one, select_multiple, text, integer or note, or delete the row.'
        )
    ),
    "M21": _error(N_('The expression "{expression}" cannot be used: {why}. Correct it.')),
    "M22": _error(N_("This is not a valid XLSForm: {why}")),
    "M23": _error(N_("The questionnaire asks nothing. Add at least one question.")),
    "M24": _warning(N_('Column "{column}" is in a language that is not shown here; Chinese and English are.')),
    "M25": _warning(N_('Column "{column}" is not used. If it should be, correct its name.')),
    "M26": _error(N_('{column} "{value}" cannot be used at a kiosk. Delete it.')),
    "M27": _error(N_('List "{list}" has no choices. Add them to the choices sheet.')),
    "M28": _error(N_('{column} "{value}" is not known. Possible: {known}.')),
    "M29": _error(N_('The name "{name}" is already used in row {row}. Choose another.')),
    "M30": _error(N_('There is no question "{name}". Known: {known}.')),
    "M31": _error(N_('"{x}" is not a choice of {name}. Possible: {known}.')),
    "M32": _error(N_("{name} needs an answer.")),
    "M33": _error(N_('The answer to {name} is not accepted (got "{x}").')),
    "M34": _error(N_('{name} needs a whole number (got "{x}").')),
    "M35": _error(N_("This line is not a response: {why}")),
    "M36": _error(N_("{message}")),
    "M37": _error(N_("{name} is not asked after these answers. Leave it out.")),
    "M38": _warning(N_("{name}: {n} is more than {most}. Is less enough?")),
    "M39": _error(N_("An entry can be taken back only on the day of its recording, {d}. Correct it instead.")),
    "M40": _error(
        N_(
            "The data could not be stored: {why}. Nothing is lost; make room or check the permissions of {path}, then try again."
        )
    ),
    "M41": _error(
        N_(
            "The data file has been busy for {seconds} s: {who} is writing. Try again; if it stays so, end that program."
        )
    ),
    "M42": _error(
        N_("{path} is not a data file of manyi ({why}). It was left untouched; choose another folder with --data.")
    ),
    "M43": _error(
        N_(
            "{path} was written by a newer version (format {found}, this version knows {known}). Update manyi; nothing was changed."
        )
    ),
    "M44": _error(
        N_(
            "{path} lies on a network file system ({kind}), where stored data can be lost. Choose a folder on a disk of this computer with --data."
        )
    ),
    "M45": _error(N_("The data folder {path} cannot be used: {why}. Correct this, or choose another with --data.")),
    "M46": _error(
        N_(
            "Session {id}: {n} responses were acknowledged, but {m} are in the ballot box. Keep a copy of the data folder before anything else is done."
        )
    ),
    "M47": _error(N_("SQLite {found} can lose data; {needed} or newer is needed. Reinstall manyi.")),
    "M48": _error(
        N_(
            "The data file {path} was taken away or replaced while this program used it. Nothing was stored; put it back or start the program again."
        )
    ),
    "M50": _error(N_('"{kind}" takes no {field} (got "{x}"). Leave it out.')),
    "M51": _error(N_("Write at least {n} characters for: {what} (got {m}).")),
    "M52": _error(N_("There is a case {no} already. Choose another number, or look that one up.")),
    "M53": _error(N_("{what} was changed by somebody else meanwhile. Look at it again, then repeat.")),
    "M54": _error(
        N_(
            "No request is kept under {no}. If the slip came with a paper form, open a case and write what stands there."
        )
    ),
    "M55": _error(N_("{phase} has not ended; it is planned until {d}. Finish its steps and have it approved.")),
    "M56": _error(N_("The result of the final survey is not public yet. Hold the survey, then post its result.")),
    "M57": _error(N_("Satisfaction is below {x} %. Catch up, then hold a recheck survey.")),
    "M58": _error(N_("{n} open cases are past their due day: {list}. Settle them.")),
    "M59": _error(N_("{n} of {m} obligations are not met: {list}. Meet them, or write a reason in the plan.")),
    "M60": _error(N_('{kind} "{x}" is given twice. Remove one of them.')),
    "M61": _error(N_("The campaign lasts {n} days; the limit is {max}. Correct its first or last day.")),
    "M62": _error(N_('Step {step} is measured as "{kind}" and needs "{field}". Add it.')),
    "M63": _warning(N_('No kind of entry advances step {step}. Add the step to "advances" of a kind.')),
    "M64": _warning(N_('Step {step} sums "{count}", but {kinds} carries no such count. Add it to its counts.')),
    "M65": _error(N_('Kind "{kind}" decides a gate. Its outcomes must include "approved" and "returned".')),
    "M66": _warning(N_('{phase} needs an approval, but no kind of entry has effect = "gate". Add one.')),
    "M67": _error(N_("This line is not a log entry: {why}.")),
    "M68": _warning(N_('No branch is of type "{x}". Known: {known}.')),
    "M69": _error(N_("{phase} ended on {d}; its days cannot be moved any more.")),
    "M70": _error(N_("{path} exists already; nothing was overwritten. Choose another name.")),
    "M71": _error(
        N_(
            "Sessions still open: {list}. Two backups at different moments would tell in which order people answered. Close them first, or add --open-sessions."
        )
    ),
    "M72": _error(N_("{path} is no backup of manyi that can be used: {why}. Nothing was changed.")),
    "M73": _error(
        N_(
            "{path} already holds a store. To put the backup in its place, add --replace; the old one is kept as a dated copy."
        )
    ),
    "M74": _error(N_("{path} is in use by {who}. Nothing was changed; end that program first, then try again.")),
    "M75": _warning(
        N_(
            "{id} is now {state}, but no copy of the data could be kept: {why}. Correct this, then make one with: manyi backup FILE"
        )
    ),
    "M76": _error(
        N_(
            "The key of the paper forms, {path}, cannot be used: {why}. Put it back from a backup; without it no form that was printed can be checked."
        )
    ),
    "M77": _warning(
        N_(
            "{id} is now {state}, but what was replaced is still on the disk: {why}. It goes when the data is opened next; end other windows of manyi for that."
        )
    ),
    "M78": _error(N_("The forms would be due on {d}, but it is {t} already. Give a day that is still to come.")),
    "M79": _warning(N_("What can be done with {no} now: {list}.")),
    "M80": _error(N_("These characters cannot be printed: {chars}. Replace them in {where}.")),
    "M81": _error(N_("The file {path} holds no readable page: {why}. Give a scan or a photograph of the sheet.")),
    "M82": _error(N_("Form {x} is returned and not keyed yet. Key it a first time, then a second time.")),
    "M83": _error(N_("Form {x} was keyed by {role} before. Another role must key it the second time.")),
    "M84": _error(N_("{n} people handed in at kiosks, but only {s} began there. Run: manyi check")),
    "M85": _error(N_("The number {n} is not possible here; at most {max}.")),
    "M86": _error(N_("No more forms can be printed for {id} just now. Try again, or open another session.")),
    "M87": _error(
        N_("No forms were printed for {id}. First: manyi forms print --session {id} --count 30 --out FILE.pdf")
    ),
    "M88": _error(N_("{where}: the text is too long to be printed ({n} characters). Shorten it.")),
    "M89": _error(N_("The form would have {n} pages; the limit is {max}. Shorten the questionnaire.")),
    "M94": _error(N_("Slip {no} is none of this campaign's. Scan it, or type all of its digits again.")),
    "M95": _error(
        N_(
            "To read scanned forms the extra “scan” is needed, which is not installed ({why}). Run: pip install 'manyi[scan]'"
        )
    ),
    "M96": _error(
        N_(
            "{n} scanned pages wait for the number under their square. Settle them on the intake screen, or drop them there."
        )
    ),
    "M97": _error(
        N_("Another sheet with the number {x} was read or keyed before, with other answers. Lay the two side by side.")
    ),
    "M98": _error(N_("{path} holds no page that could be read. Give PDF files or pictures of scanned forms.")),
    "M91": _warning(N_("Missing from {what}: {n} of {m}. They could not be read; the damaged file is kept.")),
    "M92": _warning(
        N_("Some of {what} may be missing, and how many is not known: {n} could be read. The damaged file is kept.")
    ),
    "M93": _warning(
        N_(
            "Still open, and no answers of them came back: {list}. Copies that are made by themselves leave those out while a session is open; what was there before holds what could be read."
        )
    ),
    "M135": _error(N_("Discarded before: {list}. Bring them back first.")),
    "M136": _error(N_("These opinions are of several places: {list}. Merge those of each one by themselves.")),
    "M137": _error(N_("These items have cases already: {list}. One item can have only one; merge into that one.")),
    "M138": _error(N_("These opinions are in no item: {list}.")),
    "M139": _error(N_("Item {x} was turned into case {no}, so its opinions stay in it.")),
    "M140": _error(N_("These opinions are merged into an item: {list}. Take them out first.")),
    "M141": _error(N_("These opinions are not discarded: {list}.")),
    "M142": _error(N_("Item {x} was turned into case {no} before. See that case.")),
    "M143": _warning(
        N_("The log says that {n} opinions came in there on {d}; {m} are written down. Correct whichever is wrong.")
    ),
    "M144": _error(N_("The register is full: it holds {n} opinions. Start another campaign in a new data folder.")),
    "M120": _error(N_("The workbook {path} cannot be used: {why}.")),
    "M121": _error(N_('The sheet "{sheet}" is missing. Put it back, or begin with a new export.')),
    "M122": _error(N_('"{column}" is missing here. Put it back, or begin with a new export.')),
    "M123": _error(N_('"{column}" stands here twice, in column {first} too. Remove one of them.')),
    "M124": _warning(N_('"{x}" is not known here and was not read.')),
    "M125": _error(N_("This cell cannot be read: {why}.")),
    "M126": _confirm(N_("The same is in the log already, as entry {n}. Record it once more?")),
    "M127": _error(N_('"{x}" cannot be taken out: {n} records name it. Put it back.')),
    "M128": _error(N_('"{what}" cannot be changed here: {why}.')),
    "M129": _confirm(
        N_(
            "The plan was changed after this workbook was written. What was changed since then would be set back; look at the list closely."
        )
    ),
    "M99": _error(N_("There is no {kind} {x}. See: {command}")),
    "M145": _error(N_("Nothing is kept under this number. Look at the slip and type it again, or ask the staff.")),
    "M146": _error(N_("Too many numbers led to nothing. Wait {n} s.")),
    "M100": _error(
        N_('{no} was changed by somebody else meanwhile; it is now "{state}". What you typed is kept: look, then save.')
    ),
    "M101": _error(
        N_('{no} was changed by somebody else and is now "{state}": this is not possible any more. Possible: {list}.')
    ),
    "M102": _error(N_("Nothing differs from what is kept about {no}. Change something, or go back.")),
    "M103": _warning(
        N_('{code} has an activity called "{x}" too ({d}). Each should be of its own kind; give it another title?')
    ),
    "M104": _warning(N_("{n} required steps of {phase} are open: {list}. It ends only when they are done.")),
    "M105": _warning(N_("{y} people are present, but only {n} were invited. Check both numbers.")),
    "M106": _confirm(N_('"{item}" is not confirmed. Confirm the count anyway? This will be printed in the report.')),
    "M110": _error(N_("{code} lacks no {x}, or has asked for it. Open to be asked for: {known}.")),
    "M111": _error(N_("There is a step {x} already. Choose another code.")),
    "M112": _error(N_('"{step}" is not a step of {code}\'s own. Its own steps: {known}.')),
    "M113": _warning(N_("The phase has none of these days; it is planned from {a} to {b}.")),
    "M114": _error(
        N_(
            "The campaign runs until {d}, and {n} have not completed it: {list}. Close it when all have, or after that day."
        )
    ),
    "M115": _error(N_("{n} have not made the result of the final survey public: {list}. Post them first.")),
    "M116": _error(N_("The campaign is {state}; {deed} is not possible now. See: manyi campaign state")),
    "M160": _error(
        N_(
            "The table “{table}” is too large for a spreadsheet: {n} rows and {m} columns. Export it in another format, such as CSV."
        )
    ),
    "M161": _error(
        N_(
            "To write SPSS files the extra “stats” is needed, which is not installed ({why}). Run: pip install 'manyi[stats]'"
        )
    ),
    "M150": _error(N_("Say in {n} characters or more why {id} is declared void.")),
    "M166": _error(
        N_(
            "{path} holds {n} of these files already: {names}. Nothing was written. Choose another folder, or overwrite them with --force."
        )
    ),
    "M167": _error(N_("{file}: {why}. Compare with the folder that was posted first, or export once more.")),
    "M168": _error(N_('Line {n} of {path} is no checksum of a file: "{line}". Take the file as it was written.')),
    "M169": _error(N_('The format {format} needs an addition that is not installed: pip install "manyi[{extra}]"')),
    "M155": _error(N_('"{x}" stands twice: name another second role.')),
    "M156": _confirm(N_("{path} holds an export already ({n} of the files). Write over it?")),
    "M170": _error(N_("The final survey decides nothing: too few forms, or all alike. Hold a recheck survey.")),
    "M171": _warning(N_("The result is public since {d} by the log alone: no final survey was held here by then.")),
    "M172": _warning(N_("The log makes the result public on {d}; {id}, posted on {on}, holds. Correct the log.")),
    "M173": _warning(N_("The log makes the result public on {d}; {id} is not posted. Run: manyi session publish {id}")),
    "M157": _confirm(
        N_(
            "Close {name} · {survey} · {id}, {n} forms so far? The kiosks take no more answers, the counting begins. A closed session is never opened again."
        )
    ),
    "M159": _error(N_("Name the folder to write into.")),
    "M162": _confirm(
        N_(
            "Publish {name} · {survey} · {id}: valid forms {n}, satisfied {p}? Once it is published it can't be changed."
        )
    ),
    "M163": _confirm(N_("{n} forms that were handed out have not come back. Verify the count all the same?")),
    "M164": _error(N_("No folder can be made in {path}: {why}. Name another folder.")),
    "M165": _confirm(N_("The hall is shown {a} now. Show {b} instead?")),
    "M90": _error(N_("Something unexpected went wrong ({kind}). What was stored is safe. Details: {log}")),
}
"""Code to rule."""
