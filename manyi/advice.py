"""What to do about a problem for whoever types commands."""

from campaign.errors import Advice
from campaign.language import N_
from manyi.texts import tr

ADVICE = Advice(
    tr,
    {
        "M11": N_("See: manyi session list"),
        "M75": N_("Correct this, then make one with: manyi backup FILE"),
        "M84": N_("Run: manyi check"),
        "M87": N_("First: manyi forms print --session {id} --count 30 --out FILE.pdf"),
        "M99": N_("See: {command}"),
        "M116": N_("See: manyi campaign state"),
        "M161": N_("Run: pip install 'manyi[stats]'"),
        "M166": N_("Choose another folder, or overwrite them with --force."),
        "M169": N_("Run: pip install 'manyi[{extra}]'"),
        "M173": N_("Run: manyi session publish {id}"),
    },
)
"""By code."""
