"""Takes the bytes of a national declaration, gives the model of it, what is wrong with it and what was carried.

Formats are recognised by content. Each is one module with a table of rules that reads, writes and documents.
"""

from keruen.formats.confirmation import NAME as ARRIVAL_CONFIRMATION
from keruen.formats.confirmation import arrival_confirmation
from keruen.formats.coverage import coverage
from keruen.formats.documents import FORMATS, Reading, read, write
from keruen.formats.loss import Loss, loss
from keruen.formats.own import declaration_schema
from keruen.formats.wording import WORDING

R055, R048, ESADOUT, WCO_DM, ASYCUDA, JSON = FORMATS
"""Names of the formats."""

__all__ = [
    "ARRIVAL_CONFIRMATION",
    "ASYCUDA",
    "ESADOUT",
    "FORMATS",
    "JSON",
    "R048",
    "R055",
    "WCO_DM",
    "WORDING",
    "Loss",
    "Reading",
    "arrival_confirmation",
    "coverage",
    "declaration_schema",
    "loss",
    "read",
    "write",
]
