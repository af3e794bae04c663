"""What the national system hands in: declarations and notices."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from keruen.access import Act
from keruen.api.gate import Call
from keruen.api.operation import answered, operation
from keruen.api.problems import REFUSED, problem
from keruen.customs import Struct
from keruen.exchange import Result, Submitted
from keruen.formats.documents import SIZE


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """How a document is called.

    Attributes:
        name: what answers and findings call it; only ever shown.
    """

    name: Annotated[str, Meta(max_length=200)] = "document"


@operation(
    "POST",
    "/documents",
    id="submitDocument",
    tag="Documents",
    act=Act.SUBMIT,
    size=SIZE,
    codes={REFUSED: ("document-refused",)},
)
def submit(call: Call, query: Named, body: bytes, key: str) -> Submitted:
    """Hand in a declaration or a notice.

    The body is one file in any format that the node reads. Of a document that is refused nothing is written;
    the findings say what would be right.
    """
    token_id = call.caller.token.token_id
    submitted, repeated = call.gate.submit(token_id, key, query.name, body)
    told = answered(submitted, repeated=repeated)
    if submitted.result is Result.REFUSED:
        detail = "The document was refused; nothing was written."
        raise problem(REFUSED, "document-refused", detail, told.headers, submitted.findings)
    return told  # type: ignore[return-value] # unpacked by `handling`


OPERATIONS = (submit,)
