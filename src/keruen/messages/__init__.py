"""Takes facts of the domain, gives messages: structs, their JSON codec and their JSON Schema."""

from keruen.messages.codec import (
    KINDS,
    STRUCTURE_VERSION,
    decode,
    encode,
    kind_of,
    structure_of,
)
from keruen.messages.header import Header, Message, Mode, Office, Stage
from keruen.messages.model import (
    Acknowledgement,
    Amendment,
    Annulment,
    AnyMessage,
    ArrivalInformation,
    EmptyVehicle,
    FoundItem,
    ImportInformation,
    MatchBasis,
    Outcome,
    PreliminaryInformation,
)
from keruen.messages.schema import json_schema

__all__ = [
    "KINDS",
    "STRUCTURE_VERSION",
    "Acknowledgement",
    "Amendment",
    "Annulment",
    "AnyMessage",
    "ArrivalInformation",
    "EmptyVehicle",
    "FoundItem",
    "Header",
    "ImportInformation",
    "MatchBasis",
    "Message",
    "Mode",
    "Office",
    "Outcome",
    "PreliminaryInformation",
    "Stage",
    "decode",
    "encode",
    "json_schema",
    "kind_of",
    "structure_of",
]
