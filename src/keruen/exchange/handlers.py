"""What an incoming message does: one function a kind, in the transaction that takes it from the inbox."""

from __future__ import annotations

from collections.abc import Mapping

from keruen.exchange.answering import Handler
from keruen.exchange.enquiries import replied
from keruen.exchange.informing import information
from keruen.exchange.replies import enquired
from keruen.exchange.reported import reported
from keruen.exchange.telling import acknowledgement, told
from keruen.messages import (
    Acknowledgement,
    Amendment,
    Annulment,
    ArrivalInformation,
    EmptyVehicle,
    Enquiry,
    EnquiryReply,
    ImportInformation,
    PreliminaryInformation,
    StatusReport,
)

HANDLERS: Mapping[str, Handler] = {
    PreliminaryInformation.__name__: information,
    Amendment.__name__: information,
    Annulment.__name__: information,
    EmptyVehicle.__name__: information,
    Acknowledgement.__name__: acknowledgement,
    ArrivalInformation.__name__: told,
    ImportInformation.__name__: told,
    Enquiry.__name__: enquired,
    EnquiryReply.__name__: replied,
    StatusReport.__name__: reported,
}
"""The exchange's own handlers; the composition root may add to them."""
