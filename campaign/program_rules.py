"""Rules of this program (M): files, store, command line, screens. Chinese stands in the catalogue of this package."""

from campaign.language import N_, NP_
from campaign.rule_kinds import Rule, confirm, error, warning

PROGRAM_RULES: dict[str, Rule] = {
    "M01": error(N_("There is no campaign in {path}. Start one with: manyi init --sample town")),
    "M02": error(N_("{detail} See: {command} --help")),
    "M03": error(N_("The file {path} cannot be read: {why}. Check the name and the permissions.")),
    "M04": error(N_("This is not valid TOML: {why}. Correct this line.")),
    "M05": error(N_('"{field}" is not a field here. Known: {known}.')),
    "M06": error(N_('"{field}" is missing. Add it.')),
    "M07": error(N_('"{value}" does not fit: {why}.')),
    "M08": error(N_('There is no {kind} "{x}". Known: {known}.')),
    "M09": error(
        N_('{path} already holds the campaign "{title}". Nothing was changed; choose another folder with --data.')
    ),
    "M10": error(
        N_("A response with this id is stored already, with other answers. Nothing was changed; use a new id.")
    ),
    "M11": error(N_('There is no session "{id}".')),
    "M12": error(N_('Session {id} is "{state}"; this needs "{wanted}".')),
    "M13": error(N_("The output could not be written: {why}. What was to be stored is stored.")),
    "M14": error(
        NP_(
            "The PIN must have 4 to 8 digits (got {n} character). Choose another.",
            "The PIN must have 4 to 8 digits (got {n} characters). Choose another.",
        )
    ),
    "M16": error(N_("{what} must have {min} to {max} characters (got {n}).")),
    "M17": error(N_('"{x}" is not a date. Write it as 2026-11-23.')),
    "M18": error(N_('Choose an outcome: {known} (got "{x}").')),
    "M19": error(N_("This screen needs a terminal. For scripts there is: manyi status")),
    "M20": error(
        N_(
            'Type "{type}" cannot be asked at a kiosk. Use select_one, select_multiple, text, integer or note, or delete the row.'
        )
    ),
    "M21": error(N_('The expression "{expression}" cannot be used: {why}. Correct it.')),
    "M22": error(N_("This is not a valid XLSForm: {why}")),
    "M23": error(N_("The questionnaire asks nothing. Add at least one question.")),
    "M24": warning(N_('Column "{column}" is in a language that is not shown here; Chinese and English are.')),
    "M25": warning(N_('Column "{column}" is not used. If it should be, correct its name.')),
    "M26": error(N_('{column} "{value}" cannot be used at a kiosk. Delete it.')),
    "M27": error(N_('List "{list}" has no choices. Add them to the choices sheet.')),
    "M28": error(N_('{column} "{value}" is not known. Possible: {known}.')),
    "M29": error(N_('The name "{name}" is already used in row {row}. Choose another.')),
    "M30": error(N_('There is no question "{name}". Known: {known}.')),
    "M31": error(N_('"{x}" is not a choice of “{name}”. Possible: {known}.')),
    "M32": error(N_("{name} needs an answer.")),
    "M33": error(N_('The answer to {name} is not accepted (got "{x}").')),
    "M34": error(N_('{name} needs a whole number (got "{x}").')),
    "M35": error(N_("This line is not a response: {why}")),
    "M36": error(N_("{message}")),
    "M37": error(N_("{name} is not asked after these answers. Leave it out.")),
    "M38": warning(N_("{name}: {n} is more than {most}. Is less enough?")),
    "M39": error(N_("An entry can be taken back only on the day of its recording, {d}. Correct it instead.")),
    "M40": error(
        N_(
            "The data could not be stored: {why}. Nothing is lost; make room or check the permissions of {path}, then try again."
        )
    ),
    "M41": error(
        N_(
            "The data file has been busy for {seconds} s: {who} is writing. Try again; if it stays so, end that program."
        )
    ),
    "M42": error(
        N_("{path} is not a data file of manyi ({why}). It was left untouched; choose another folder with --data.")
    ),
    "M43": error(
        N_(
            "{path} was written by a newer version (format {found}, this version knows {known}). Update manyi; nothing was changed."
        )
    ),
    "M44": error(
        N_(
            "{path} lies on a network file system ({kind}), where stored data can be lost. Choose a folder on a disk of this computer with --data."
        )
    ),
    "M45": error(N_("The data folder {path} cannot be used: {why}. Correct this, or choose another with --data.")),
    "M46": error(
        N_(
            "Session {id}: responses acknowledged: {n}, but in the ballot box: {m}. Keep a copy of the data folder before anything else is done."
        )
    ),
    "M47": error(N_("SQLite {found} can lose data; {needed} or newer is needed. Reinstall manyi.")),
    "M48": error(
        N_(
            "The data file {path} was taken away or replaced while this program used it. Nothing was stored; put it back or start the program again."
        )
    ),
    "M50": error(N_('"{kind}" takes no {field} (got "{x}"). Leave it out.')),
    "M51": error(N_("Write at least {n} characters for: {what} (got {m}).")),
    "M52": error(N_("There is a case {no} already. Choose another number, or look that one up.")),
    "M53": error(N_("{what} was changed by somebody else meanwhile. Look at it again, then repeat.")),
    "M54": error(
        N_(
            "No request is kept under {no}. If the slip came with a paper form, open a case and write what stands there."
        )
    ),
    "M55": error(N_("{phase} has not ended; it is planned until {d}. Finish its steps and have it approved.")),
    "M56": error(N_("The result of the final survey is not public yet. Hold the survey, then post its result.")),
    "M57": error(N_("Satisfaction is below {x} %. Catch up, then hold a recheck survey ({when}).")),
    "M58": error(
        NP_(
            "{n} open case is past its due day: {list}. Settle it.",
            "{n} open cases are past their due day: {list}. Settle them.",
        )
    ),
    "M59": error(
        NP_(
            "{n} of {m} obligations is not met: {list}. Meet it, or write a reason in the plan.",
            "{n} of {m} obligations are not met: {list}. Meet them, or write a reason in the plan.",
        )
    ),
    "M60": error(N_('{kind} "{x}" is given twice. Remove one of them.')),
    "M61": error(N_("The campaign lasts {n} days; the limit is {max}. Correct its first or last day.")),
    "M62": error(N_('Step {step} is measured as "{kind}" and needs "{field}". Add it.')),
    "M63": warning(N_('No kind of entry advances step {step}. Add the step to "advances" of a kind.')),
    "M64": warning(N_('Step {step} sums "{count}", but {kinds} carries no such count. Add it to its counts.')),
    "M65": error(N_('Kind "{kind}" decides a gate. Its outcomes must include "approved" and "returned".')),
    "M66": warning(N_('{phase} needs an approval, but no kind of entry has effect = "gate". Add one.')),
    "M67": error(N_("This line is not a log entry: {why}.")),
    "M68": warning(N_('No branch is of type "{x}". Known: {known}.')),
    "M69": error(N_("{phase} ended on {d}; its days cannot be moved any more.")),
    "M70": error(N_("{path} exists already; nothing was overwritten. Choose another name.")),
    "M71": error(
        N_(
            "Sessions still open: {list}. Two backups at different moments would tell in which order people answered. Close them first, or add --open-sessions."
        )
    ),
    "M72": error(N_("{path} is no backup of manyi that can be used: {why}. Nothing was changed.")),
    "M73": error(
        N_(
            "{path} already holds a store. To put the backup in its place, add --replace; the old one is kept as a dated copy."
        )
    ),
    "M74": error(N_("{path} is in use by {who}. Nothing was changed; end that program first, then try again.")),
    "M75": warning(N_("{id} is now {state}, but no copy of the data could be kept: {why}.")),
    "M76": error(
        N_(
            "The key of the paper forms, {path}, cannot be used: {why}. Put it back from a backup; without it no form that was printed can be checked."
        )
    ),
    "M77": warning(
        N_(
            "{id} is now {state}, but what was replaced is still on the disk: {why}. It goes when the data is opened next; end other windows of manyi for that."
        )
    ),
    "M78": error(N_("The forms would be due on {d}, but it is {t} already. Give a day that is still to come.")),
    "M79": warning(N_("What can be done with {no} now: {list}.")),
    "M80": error(N_("These characters cannot be printed: {chars}. Replace them in {where}.")),
    "M81": error(N_("The file {path} holds no readable page: {why}. Give a scan or a photograph of the sheet.")),
    "M82": error(N_("Form {x} is returned and not keyed yet. Key it a first time, then a second time.")),
    "M83": error(N_("Form {x} was keyed by {role} before. Another role must key it the second time.")),
    "M84": error(
        NP_(
            "{n} person handed in at a kiosk, but only {s} began there.",
            "{n} people handed in at kiosks, but only {s} began there.",
        )
    ),
    "M85": error(N_("The number {n} is not possible here; at most {max}.")),
    "M86": error(N_("No more forms can be printed for {id} just now. Try again, or open another session.")),
    "M87": error(N_("No forms were printed for {id}.")),
    "M88": error(N_("{where}: the text is too long to be printed ({n} characters). Shorten it.")),
    "M89": error(N_("The form would have {n} pages; the limit is {max}. Shorten the questionnaire.")),
    "M90": error(N_("Something unexpected went wrong ({kind}). What was stored is safe. Details: {log}")),
    "M91": warning(N_("Missing from {what}: {n} of {m}. They could not be read; the damaged file is kept.")),
    "M92": warning(
        N_("Some of {what} may be missing, and how many is not known: {n} could be read. The damaged file is kept.")
    ),
    "M93": warning(
        N_(
            "Still open, and no answers of them came back: {list}. Copies that are made by themselves leave those out while a session is open; what was there before holds what could be read."
        )
    ),
    "M94": error(N_("Slip {no} is none of this campaign's. Scan it, or type all of its digits again.")),
    "M95": error(
        N_(
            "To read scanned forms the extra “scan” is needed, which is not installed ({why}). Run: pip install 'manyi[scan]'"
        )
    ),
    "M96": error(
        NP_(
            "{n} scanned page waits for the number under its square. Settle it on the intake screen, or drop it there.",
            "{n} scanned pages wait for the number under their square. Settle them on the intake screen, or drop them there.",
        )
    ),
    "M97": error(
        N_("Another sheet with the number {x} was read or keyed before, with other answers. Lay the two side by side.")
    ),
    "M98": error(N_("{path} holds no page that could be read. Give PDF files or pictures of scanned forms.")),
    "M99": error(N_("There is no {kind} {x}.")),
    "M100": error(
        N_('{no} was changed by somebody else meanwhile; it is now "{state}". What you typed is kept: look, then save.')
    ),
    "M101": error(
        N_('{no} was changed by somebody else and is now "{state}": this is not possible any more. Possible: {list}.')
    ),
    "M102": error(N_("Nothing differs from what is kept about {no}. Change something, or go back.")),
    "M103": warning(
        N_('{code} has an activity called "{x}" too ({d}). Each should be of its own kind; give it another title?')
    ),
    "M104": warning(
        NP_(
            "{n} required step of {phase} is open: {list}. It ends only when that is done.",
            "{n} required steps of {phase} are open: {list}. It ends only when they are done.",
        )
    ),
    "M105": warning(N_("More people are present ({y}) than were invited ({n}). Check both numbers.")),
    "M106": confirm(N_('"{item}" is not confirmed. Confirm the count anyway? This will be printed in the report.')),
    "M107": error(
        N_('The goals of the campaign are "{first}" already; "{x}" cannot be them too. Keep one of the two.')
    ),
    "M108": warning(N_("Which case was helped is not said. Name it, if it is one of these: {known}.")),
    "M109": warning(
        NP_(
            "{group}: {n} form, at least {least} are wanted. Hold another session for them, if you can.",
            "{group}: {n} forms, at least {least} are wanted. Hold another session for them, if you can.",
        )
    ),
    "M110": error(N_("{code} lacks no {x}, or has asked for it. Open to be asked for: {known}.")),
    "M111": error(N_("There is a step {x} already. Choose another code.")),
    "M112": error(N_('"{step}" is not a step of {code}\'s own. Its own steps: {known}.')),
    "M113": warning(N_("The phase has none of these days; it is planned from {a} to {b}.")),
    "M114": error(
        NP_(
            "The campaign runs until {d}, and {n} has not completed it: {list}. Close it when all have, or after that day.",
            "The campaign runs until {d}, and {n} have not completed it: {list}. Close it when all have, or after that day.",
        )
    ),
    "M115": error(
        NP_(
            "{n} has not made the result of the final survey public: {list}. Post it first.",
            "{n} have not made the result of the final survey public: {list}. Post them first.",
        )
    ),
    "M116": error(N_("The campaign is {state}; {deed} is not possible now.")),
    "M117": confirm(
        N_(
            "There is no valid form, so this session will have no result that could be published. Verify the count all the same? It can be declared void instead, and repeated."
        )
    ),
    "M120": error(N_("The workbook {path} cannot be used: {why}.")),
    "M121": error(N_('The sheet "{sheet}" is missing. Put it back, or begin with a new export.')),
    "M122": error(N_('"{column}" is missing here. Put it back, or begin with a new export.')),
    "M123": error(N_('"{column}" stands here twice, in column {first} too. Remove one of them.')),
    "M124": warning(N_('"{x}" is not known here and was not read.')),
    "M125": error(N_("This cell cannot be read: {why}.")),
    "M126": confirm(N_("The same is in the log already, as entry {n}. Record it once more?")),
    "M127": error(
        NP_(
            '"{x}" cannot be taken out: {n} record names it. Put it back.',
            '"{x}" cannot be taken out: {n} records name it. Put it back.',
        )
    ),
    "M128": error(N_('"{what}" cannot be changed here: {why}.')),
    "M129": confirm(
        N_(
            "The plan was changed after this workbook was written. What was changed since then would be set back; look at the list closely."
        )
    ),
    "M131": error(
        N_(
            '{name}: {n} more is too many. "{cat}" of {code}: people {m}, reached already {r}, out of reach {u}, so at most {left}. Count only those not counted before.'
        )
    ),
    "M132": confirm(
        N_(
            '"{cat}" of {code}: people {m}, reached already {r}, out of reach {u}. {n} more means that {f} of those out of reach can be reached after all. Is that so?'
        )
    ),
    "M133": error(
        N_(
            "{phase} of {code} was approved, and {next} has begun on {d}: the approval stands. If it was recorded by mistake, correct that entry."
        )
    ),
    "M134": error(
        N_("{x} is a case of {other}, {no} one of {code}. Only cases of the same place about one matter are merged.")
    ),
    "M135": error(N_("Discarded before: {list}. Bring them back first.")),
    "M136": error(N_("These opinions are of several places: {list}. Merge those of each one by themselves.")),
    "M137": error(N_("These items have cases already: {list}. One item can have only one; merge into that one.")),
    "M138": error(N_("These opinions are in no item: {list}.")),
    "M139": error(N_("Item {x} was turned into case {no}, so its opinions stay in it.")),
    "M140": error(N_("These opinions are merged into an item: {list}. Take them out first.")),
    "M141": error(N_("These opinions are not discarded: {list}.")),
    "M142": error(N_("Item {x} was turned into case {no} before. See that case.")),
    "M143": warning(
        N_("Opinions that came in there on {d}: {n} by the log, {m} written down. Correct whichever is wrong.")
    ),
    "M144": error(N_("The register is full: it holds {n} opinions. Start another campaign in a new data folder.")),
    "M145": error(N_("Nothing is kept under this number. Look at the slip and type it again, or ask the staff.")),
    "M146": error(N_("Too many numbers led to nothing. Wait {n} s.")),
    "M147": error(N_("{no} cannot be merged into itself. Name the case that goes on.")),
    "M148": confirm(N_("What was typed here is lost.")),
    "M149": warning(N_("Say with --short-study why so few days are enough.")),
    "M150": error(N_("Say in {n} characters or more why {id} is declared void.")),
    "M155": error(N_('"{x}" stands twice: name another second role.')),
    "M156": confirm(N_("{path} holds an export already ({n} of the files). Write over it?")),
    "M157": confirm(
        NP_(
            "Close {name} · {survey} · {id}, {n} form so far? The kiosks take no more answers, the counting begins. A closed session is never opened again.",
            "Close {name} · {survey} · {id}, {n} forms so far? The kiosks take no more answers, the counting begins. A closed session is never opened again.",
        )
    ),
    "M158": warning(N_("To do it all the same, add --yes.")),
    "M159": error(N_("Name the folder to write into.")),
    "M160": error(
        N_(
            "The table “{table}” is too large for a spreadsheet: {n} rows and {m} columns. Export it in another format, such as CSV."
        )
    ),
    "M161": error(N_("To write SPSS files the extra “stats” is needed, which is not installed ({why}).")),
    "M162": confirm(
        N_(
            "Publish {name} · {survey} · {id}: valid forms {n}, satisfied {p}? Once it is published it can't be changed."
        )
    ),
    "M163": confirm(
        NP_(
            "{n} form that was handed out has not come back. Verify the count all the same?",
            "{n} forms that were handed out have not come back. Verify the count all the same?",
        )
    ),
    "M164": error(N_("No folder can be made in {path}: {why}. Name another folder.")),
    "M165": confirm(N_("The hall is shown {a} now. Show {b} instead?")),
    "M166": error(N_("{path} holds {n} of these files already: {names}. Nothing was written.")),
    "M167": error(N_("{file}: {why}. Compare with the folder that was posted first, or export once more.")),
    "M168": error(N_('Line {n} of {path} is no checksum of a file: "{line}". Take the file as it was written.')),
    "M169": error(N_("The format {format} needs the extra “{extra}”, which is not installed.")),
    "M170": error(N_("The final survey decides nothing: too few forms, or all alike. Hold a recheck survey.")),
    "M171": warning(N_("The result is public since {d} by the log alone: no final survey was held here by then.")),
    "M172": warning(N_("The log makes the result public on {d}; {id}, posted on {on}, holds. Correct the log.")),
    "M173": warning(N_("The log makes the result public on {d}; {id} is not posted.")),
    "M174": error(
        N_("Nothing was changed: the plan is newer than this workbook. Begin with a new export, or add --set-back.")
    ),
    "M175": error(N_("“{x}” is no code of a help. Write a short one such as H07, or a number; never a name.")),
    "M176": error(N_("Planned help needs the day by which it is to be given.")),
    "M177": warning(N_("Nothing was planned or done under the code {x} there before. Check the code.")),
}
"""Code to rule."""
