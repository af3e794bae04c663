"""What the agreement says of a message, in words."""

from __future__ import annotations

from keruen.customs.wording import Wording

WORDING = Wording(
    {
        "element-missing": "The agreement {0} requires this element; state it in the declaration.",
        "element-missing/unless": "The agreement {0} requires this element unless {1}; "
        "state it in the declaration.",
        "element-missing/where": "The agreement {0} requires this element where {1}; "
        "state it in the declaration.",
        "element-missing/where-unless": "The agreement {0} requires this element where {1} unless {2}; "
        "state it in the declaration.",
        "goods-excluded": "The agreement {0} leaves such goods out ({1}); declare other goods apart from them.",
        "information-late": "By the agreement {0} preliminary information is due {1} h before the crossing.",
        "instrument-not-in-force": "The agreement {0} rests on {1}, which is not in force on {2}: "
        "nothing new is exchanged under it, and what was begun is brought to its end.",
        "office-not-participating": "It takes no part in the exchange at this date; there are {0}.",
        "post-not-participating": "It takes no part in the exchange at this date; there are {0}.",
    }
)
