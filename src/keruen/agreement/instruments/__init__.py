"""Takes TOML and texts of communiqués, gives what two countries signed and how it stands on a day.

Pure: whoever reads the files hands their text in.
"""

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
from keruen.agreement.instruments.reader import check_register, read_register

__all__ = [
    "CHAPTERS",
    "Evidence",
    "Field",
    "Indicator",
    "Instrument",
    "Kind",
    "Milestone",
    "Party",
    "Progress",
    "Register",
    "Shown",
    "Status",
    "check_register",
    "read_register",
]
