"""The intake desk's conversation: what every key and every scan does. A plain object, without a screen.

A scanner is a keyboard that types 34 digits and an Enter, at any speed. Nearly everywhere digits are a line that only
an Enter ends, so that a line of 34 digits is a scan and nothing else. Where a digit is an answer at once, what was
before each of the last digits is kept: when an Enter completes a code, its digits never were answers.
"""

import unicodedata
from collections import deque
from collections.abc import Sequence
from enum import Enum

from campaign.errors import BadInput, ManyiError, Problem, Refused
from surveys.paper.account import BallotAccount
from surveys.paper.codes import LENGTH
from surveys.paper.forms import CAME_BACK, FormState, PaperForm, VoidReason
from surveys.paper.keying import answers_on_paper
from surveys.paper.scanning import TYPED_DIGITS
from surveys.response import Validity
from surveys.session import SessionState
from surveys.words import STATES
from tui.kiosk.keys import Typed
from tui.staff.intake_draft import LINE, MOST_DIGITS, STOP, Draft, Stage, begun
from tui.staff.intake_keys import Command, Mode
from tui.staff.intake_notice import ALREADY, DONE, KEYER_NAMES, KEYERS, Done, Notice, Tone
