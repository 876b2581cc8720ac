"""What to do about a problem for whoever looks at a staff screen: keys and pages, never commands."""

from campaign.errors import Advice
from campaign.language import N_
from tui.staff.texts import tr

ADVICE = Advice(
    tr,
    {
        "M11": N_("r shows the sessions that there are."),
        "M75": N_("Correct this: the next copy is made when a session is closed or its count is verified."),
        "M84": N_("The data must be checked: tell who looks after this computer."),
        "M87": N_("Ask who looks after this computer to print some for {id}."),
        "M161": N_("Leave this format out, or have the extra installed."),
        "M166": N_("Name another folder."),
        "M169": N_("Leave this format out, or have the extra installed."),
        "M173": N_("Publish it: r shows the sessions, and b there posts its result."),
    },
)
"""By code."""
