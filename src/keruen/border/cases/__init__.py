"""Takes a case, gives what may be its other half, and lets a person take it.

Import declarations and arrivals without an announcement look for a consignment, consignments that do not come
for them, by the table of rules by which the node recognises them itself. What that left open a person decides.
"""

from keruen.border.cases.candidates import Kind, Likely, likely
from keruen.border.cases.linking import Link, link, link_of, tell_linked, to_tell, unlink

__all__ = [
    "Kind",
    "Likely",
    "Link",
    "likely",
    "link",
    "link_of",
    "tell_linked",
    "to_tell",
    "unlink",
]
