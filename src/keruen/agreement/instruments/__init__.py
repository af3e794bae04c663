"""Takes TOML and texts of communiqués, gives what two countries signed and how it stands on a day.

Pure: whoever reads the files hands their text in.
"""

from keruen.agreement.instruments.communique import Place, Proposal, propose
from keruen.agreement.instruments.model import (
    CHAPTERS,
    Evidence,
    Field,
    Indicator,
    Instrument,
    Kind,
    Milestone,
    Party,
    Progress,
    Register,
    Shown,
    Status,
)
from keruen.agreement.instruments.proposals import (
    Addition,
    Waiting,
    check_addition,
    instruments_of,
    proposed,
    waiting_text,
)
from keruen.agreement.instruments.reader import check_register, read_register
from keruen.agreement.instruments.written import instrument_text, register_text

__all__ = [
    "CHAPTERS",
    "Addition",
    "Evidence",
    "Field",
    "Indicator",
    "Instrument",
    "Kind",
    "Milestone",
    "Party",
    "Place",
    "Progress",
    "Proposal",
    "Register",
    "Shown",
    "Status",
    "Waiting",
    "check_addition",
    "check_register",
    "instrument_text",
    "instruments_of",
    "propose",
    "proposed",
    "read_register",
    "register_text",
    "waiting_text",
]
