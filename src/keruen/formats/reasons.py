"""Why an element of a file is none of the domain: a closed list."""

DUTY = "duty and tax computation"
LAYOUT = "form layout"
SIGNATURE = "signature"
OTHER_DOCUMENT = "another document in the same envelope"
REASONS = (DUTY, LAYOUT, SIGNATURE, OTHER_DOCUMENT)
"""A leaf with one of these does not count as a leaf of the domain."""
INVALID = "not of its kind; see the findings"
UNKNOWN = "not known to the reader"
"""Neither is an excuse: what has one of these is of the domain and is missed."""
