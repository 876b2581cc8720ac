"""Rules with the numbers of the domain reference (V). Chinese stands in the catalogue of this package."""

from campaign.language import N_, NP_
from campaign.rule_kinds import Rule, confirm, error, warning

DOMAIN_RULES: dict[str, Rule] = {
    "V01": error(N_("The campaign must end after it starts: start {a}, end {b}.")),
    "V02": error(N_('Time zone "{tz}" is not known. Example: Asia/Shanghai.')),
    "V03": error(
        N_(
            "Branches recorded: {n}, members: {m}; the plan says {en} and {em}. Correct the lists or confirm the new totals."
        )
    ),
    "V04": error(N_('Code {code} is already used by "{name}". Choose another.')),
    "V05": error(N_("Member categories of {code} add up to {s}, the total is {t}.")),
    "V06": error(N_('Enter a whole number, 0 or more (got "{x}").')),
    "V07": error(N_("{code} has no first-responsible role. Name one before the campaign starts.")),
    "V08": error(N_("{code} already has a first-responsible role until {d}.")),
    "V09": error(N_("The leading group of {code} must be headed by its first-responsible role.")),
    "V10": warning(N_("{x} has no contact point yet.")),
    "V11": error(N_("{code} already has a lead contact official ({l}).")),
    "V12": error(N_('{code} is "{cond}". Record a plan (rebuild, merge, reassign) with a date.')),
    "V13": warning(N_("{code} has no {what}. Open a support request?")),
    "V14": warning(N_("This text seems to hold a phone or identity number. Remove personal data.")),
    "V20": error(N_("{phase} of {code} ({a}–{b}) lies outside the campaign ({s}–{e}).")),
    "V21": error(N_("{phase} ends before it starts.")),
    "V22": error(N_("{phase} starts {a}, before {prev} ends ({b}). Earliest start: {c}.")),
    "V23": error(
        NP_(
            "{code} plans {n} study day, fewer than {min}. Lengthen a phase or give a reason.",
            "{code} plans {n} study days, fewer than {min}. Lengthen a phase or give a reason.",
        )
    ),
    "V24": warning(N_("{code} plans {n} study days, more than {max}. Is this realistic?")),
    "V25": confirm(N_('{date} is inside the busy period "{label}" of {code}. Keep it?')),
    "V26": warning(N_("All branches have the same dates. Each may set its own.")),
    "V27": error(N_("Give a reason of at least 5 characters for moving {what} from {a} to {b}.")),
    "V28": error(
        NP_(
            "The pause would reach {n} day; the limit is {max}. Make it shorter.",
            "The pause would reach {n} days; the limit is {max}. Make it shorter.",
        )
    ),
    "V30": error(N_("The date {d} must lie between {a} and {b}.")),
    "V31": error(
        NP_(
            "{n} required step is open: {list}. Finish or waive it.",
            "{n} required steps are open: {list}. Finish or waive them.",
        )
    ),
    "V32": error(N_("{prev} of {code} is not approved yet. Request approval first.")),
    "V33": error(N_('"{step}" is a required step. You may waive it for a branch, with a reason.')),
    "V34": error(N_('Give a reason (5+ characters) for waiving "{step}".')),
    "V35": error(N_("Attendance adds to {s}, more than the {e} expected ({cat}).")),
    "V36": error(N_('{name}: {e}, but "{cat}" of {code} has only {m}. Correct the number.')),
    "V37": warning(N_("{h} hours is unusually long. Please confirm.")),
    "V40": error(N_("A finding needs a suggested correction, an owner and a deadline. Missing: {list}.")),
    "V41": error(N_("The deadline {d} must not lie before {f}. Choose a later day.")),
    "V42": error(N_("{role} owns this item and cannot verify it. Somebody else must.")),
    "V43": error(
        N_("Only items that cannot be done now may be closed by explanation; write the explanation for the public.")
    ),
    "V44": warning(N_("This finding was entered {n} days after the visit.")),
    "V45": warning(N_("The deadline {d} falls after the campaign ends ({e}).")),
    "V46": error(N_("The questionnaire is final since {d}. Make a new version to change it.")),
    "V47": error(N_("{qid} has no {lang} text.")),
    "V48": error(N_("A survey needs at least one scale question and exactly one overall question (now {n}).")),
    "V49": error(N_("Option code {c} is used twice in {qid}.")),
    "V50": error(
        N_('The session of {code} must be run by somebody from outside {code}; "{x}" is of {code}. Name another role.')
    ),
    "V51": error(N_("Record the briefing (what was done and corrected) before the vote: give its day.")),
    "V52": confirm(N_('"{item}" is not confirmed. Start anyway? This will be printed in the report.')),
    "V53": error(N_("More forms are issued ({i}) than there are ({p}). Count the forms again.")),
    "V54": warning(
        N_("More forms were given out and handed in at kiosks ({x}) than people were present ({y}). Check the numbers.")
    ),
    "V55": error(
        N_(
            "More forms came back ({r}) than were issued ({i}). Count again. If it stays so, this vote must be declared void and repeated."
        )
    ),
    "V56": error(N_("{v} valid + {x} void = {s}, but {r} came back. Look for the forms between.")),
    "V57": error(
        NP_(
            "{n} returned form is not keyed yet. Key it or declare it void.",
            "{n} returned forms are not keyed yet. Key them or declare them void.",
        )
    ),
    "V58": error(N_("Results are shown after the count is verified. Close the session first, then verify its count.")),
    "V59": error(N_("There are no valid forms; nothing can be published.")),
    "V60": warning(N_("Only {p} per cent of the forms came back. The notice will say so.")),
    "V61": error(N_("{table}: the parts add up to {a}, the total is {b}. Nothing was written; please report this.")),
    "V62": error(N_("Choose at most {n} (chosen {m}).")),
    "V63": error(N_('"{opt}" cannot be combined with other choices.')),
    "V64": error(N_("{m} characters; at most {n}.")),
    "V66": warning(N_("Remove personal details before publishing {id}: {list}.")),
    "V70": error(
        N_("The code {x} is not complete or was misread. Scan again or type the {n} characters under the square.")
    ),
    "V71": error(N_("Form {x} does not belong to this campaign. Put it aside as void (unknown form).")),
    "V72": error(N_("This is a {kind} code. Please scan the code on the {wanted}.")),
    "V73": error(N_('Form {x} belongs to "{s}" / {code}. Put it aside for that session.')),
    "V74": error(N_('Form {x} was keyed before. To key it a second time choose "Second keying".')),
    "V75": error(N_('Form {x} is marked "{state}". Mark it returned first.')),
    "V76": confirm(N_('{qid}: first "{a}", now "{b}". Look at the paper and choose.')),
    "V77": error(N_("An answer needs an outcome and a text the citizen can understand.")),
    "V78": error(N_("The deadline {why}.")),
    "V79": error(N_('"{a}" cannot become "{b}". Possible: {list}.')),
    "V80": warning(
        N_("The computer date {t} is before the last record ({d}). Check the clock; overdue marks are switched off.")
    ),
    "V82": error(
        NP_(
            "The notice must stay until {d} at the earliest ({n} working day). Give a later day.",
            "The notice must stay until {d} at the earliest ({n} working days). Give a later day.",
        )
    ),
    "V83": error(N_("Posted results cannot be changed. Issue a correcting notice.")),
    "V84": error(
        NP_("{n} answer is still open: {list}. Finish it.", "{n} answers are still open: {list}. Finish them.")
    ),
    "V85": warning(N_("A target of {x} may push people towards form over substance. Is it realistic?")),
    "V86": error(N_("The data file cannot be read: {why}. Nothing was changed. Last good copy: {path}.")),
}
"""Code to rule."""
