"""Takes the tables of two administrations, gives who is whose in them: links, missing, orphans, differences.

    keys ─► candidates ─► evidence ─► weights, learned ─► belief ─► assignment ─► parts that balance

By what lines are recognised and what that weighs at first is the table of `keruen.customs.recognition`.
"""

from keruen.mirror.matching.reconciliation import STEPS, Summary, reconcile

__all__ = ["STEPS", "Summary", "reconcile"]
