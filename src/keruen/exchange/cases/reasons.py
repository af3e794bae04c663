"""Why a person closes a case: codes that stay, rendered in the reader's language."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """What became of it, as far as a person found out."""

    ARRIVED_OTHERWISE = "arrived-otherwise"
    """It came, and is recorded elsewhere: under another number, at another post, on paper."""
    PERIOD = "period"
    """It belongs to another period: set out before the exchange began, or is still on its way by agreement."""
    RETURNED = "returned"
    """It did not leave, or turned back."""
    OTHER_DESTINATION = "other-destination"
    """It went to a third country; the papers show it."""
    NOT_SUBJECT = "not-subject"
    """It is not within the exchange: personal use, diplomatic, below the threshold, not agreed."""
    DECLARED_TWICE = "declared-twice"
    """The other side, or this one, declared the same goods twice."""
    RECORD_ERROR = "record-error"
    """A number, plate or code was recorded wrongly, and both sides agree which is right."""
    OFFENCE = "offence"
    """A case of customs control: handed to those who investigate."""
    NOT_CLEARED_UP = "not-cleared-up"
    """Neither side can say more; it is counted as unexplained."""
    OTHER = "other"
    """See the words."""


REASONS = tuple(Reason)
