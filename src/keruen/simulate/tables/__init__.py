"""Takes a plan, gives two administrations' tables of declarations in columns, and the truth about them.

Where `keruen.simulate` follows each consignment through two nodes, this makes a million at once: no message,
but everything by which two administrations' records differ. Goods, marks, offices, routes and names are
the same. Same plan, same bytes.
"""

from keruen.simulate.tables.making import START, make_tables, planned
from keruen.simulate.tables.plan import A_DAY, Plan
from keruen.simulate.tables.profiles import PROFILES, RATES, Profile, Rate
from keruen.simulate.tables.schema import TABLES, Columns

__all__ = [
    "A_DAY",
    "PROFILES",
    "RATES",
    "START",
    "TABLES",
    "Columns",
    "Plan",
    "Profile",
    "Rate",
    "make_tables",
    "planned",
]
