"""Finding codes in words: of declarations, documents, messages, arrivals and the line.

The sentence that a finding carries is English and names the case; these words name its kind.
"""

from __future__ import annotations

from keruen.console.marking import mark
from keruen.customs import FINDING_CODES

DECLARATION = FINDING_CODES
"""What the checks of a declaration find; `scripts/texts` takes the words from there."""

DOCUMENT = {
    "declaration-ambiguous": mark("finding", "The document holds several declarations"),
    "declaration-invalid": mark("finding", "The declaration does not follow its structure"),
    "declaration-missing": mark("finding", "The document holds no declaration"),
    "declaration-number": mark("finding", "The number of a declaration or TIR carnet is needed"),
    "elements-not-taken": mark("finding", "Some elements of the document were not taken over"),
    "encoding-unknown": mark("finding", "The character encoding of the document is unknown"),
    "encoding-wrong": mark("finding", "The document is not in the encoding that it states"),
    "file-unreadable": mark("finding", "The file cannot be read"),
    "format-other": mark("finding", "The document is in another format than was said"),
    "format-unknown": mark("finding", "The format of the document is unknown"),
    "input-empty": mark("finding", "The document is empty"),
    "input-too-deep": mark("finding", "The document is nested too deeply"),
    "input-too-large": mark("finding", "The document is too large"),
    "input-truncated": mark("finding", "The document breaks off"),
    "json-duplicate": mark("finding", "The document names an element twice"),
    "json-malformed": mark("finding", "The document is no well-formed JSON"),
    "value-invalid": mark("finding", "A value is not written as it should be"),
    "version-near": mark("finding", "The document is of a neighbouring version of its format"),
    "version-unknown": mark("finding", "The version of the document's format is unknown"),
    "xml-dtd": mark("finding", "The document has a DTD, which is not taken"),
    "xml-malformed": mark("finding", "The document is no well-formed XML"),
}
"""Why a document of the national system is refused or warned for."""

MESSAGE = {
    "agreement-unknown": mark("finding", "No agreement with this country is in force here"),
    "already-answered": mark("finding", "The message was answered before"),
    "already-submitted": mark("finding", "This very file was taken before"),
    "answer-misplaced": mark("finding", "The answer belongs to no message of ours"),
    "card-missing": mark("finding", "There is no card of this partner"),
    "consignment-known": mark("finding", "The consignment was announced before"),
    "consignment-unknown": mark("finding", "No such consignment was announced"),
    "attachment-too-large": mark("finding", "A file is larger than agreed"),
    "attachments-not-agreed": mark("finding", "No files are agreed to travel with this message"),
    "attachments-too-many": mark("finding", "More files than agreed"),
    "draft-gone": mark("finding", "Storing the files took too long"),
    "quarantine-full": mark("finding", "Too many large messages at once"),
    "country-not-covered": mark("finding", "No agreement covers the countries concerned"),
    "element-missing": mark("finding", "A mandatory element is missing"),
    "element-not-agreed": mark("finding", "The agreement does not name this element"),
    "goods-excluded": mark("finding", "The agreement leaves such goods out"),
    "header-mismatch": mark("finding", "The header contradicts its sender or the agreement"),
    "idempotency-key-reused": mark(
        "finding", "The idempotency key came before with another request"
    ),
    "acknowledgement-late": mark("finding", "The business answer is late"),
    "arrival-information-late": mark("finding", "The arrival information is late"),
    "import-information-late": mark("finding", "The import information is late"),
    "information-late": mark("finding", "The preliminary information came late"),
    "instrument-not-in-force": mark("finding", "What the agreement rests on is not in force"),
    "internal-error": mark("finding", "The node failed at this message"),
    "kind-mismatch": mark("finding", "The message is of another kind than its sender said"),
    "message-id-known": mark("finding", "The id of the message was used before"),
    "message-invalid": mark("finding", "The message does not follow its structure"),
    "office-not-participating": mark("finding", "The office takes no part in the exchange"),
    "outbox-orphan": mark("finding", "The message to be sent is not there"),
    "phase-differs": mark("finding", "The agreement has this phase in another mode"),
    "phase-off": mark("finding", "The agreement does not exchange this phase yet"),
    "post-not-participating": mark("finding", "The post takes no part in the exchange"),
    "receipt-orphan": mark("finding", "The message of this receipt is not there"),
    "ping-pulled": mark("finding", "The partner takes no connections: it pulls"),
}
"""Why a message or a submitted declaration is refused or warned for."""

ASKING = {
    "agreement-differs": mark("finding", "The two sides hold different copies of the agreement"),
    "alarm-unknown": mark("finding", "This alarm waits no more"),
    "not-resendable": mark("finding", "This message cannot be sent again"),
    "package-missing": mark("finding", "No file was chosen"),
    "not-running": mark("finding", "This node sends nothing now"),
    "already-asked": mark("finding", "The other side was asked already"),
    "enquiry-answered": mark("finding", "The enquiry was answered before"),
    "enquiry-contradicted": mark("finding", "A later reply contradicts the first one"),
    "enquiry-known": mark("finding", "Something else was asked under this id"),
    "enquiry-unanswered": mark("finding", "No reply to an enquiry and its reminder"),
    "enquiry-unknown": mark("finding", "There is no such enquiry"),
    "message-differs": mark("finding", "A message has another content on the other side"),
    "message-unknown": mark("finding", "The other side has a message that is not in these books"),
    "verification-limit": mark("finding", "Too many declarations were verified within an hour"),
    "not-awaited": mark("finding", "The consignment is not on its way to the other side"),
    "period-empty": mark("finding", "The period ends before it begins"),
    "reply-invalid": mark("finding", "The answer to the enquiry is not complete"),
    "report-differs": mark("finding", "The two sides count different messages"),
}
"""What enquiries and status reports find."""

VERSION = {
    "already-annulled": mark("finding", "The consignment was annulled before"),
    "amended-after-arrival": mark("finding", "The correction came after the goods"),
    "amended-after-closing": mark(
        "finding", "The correction came after the consignment was closed"
    ),
    "annulled-after-arrival": mark("finding", "The annulment came after the goods"),
    "consignment-annulled": mark("finding", "The consignment has been annulled"),
    "consignment-not-yours": mark("finding", "The receiver announced this consignment itself"),
    "consignment-rejected": mark("finding", "The information about the consignment was rejected"),
    "declaration-older": mark("finding", "The declaration is older than the one that was sent"),
    "kind-not-agreed": mark("finding", "Such messages are not agreed"),
    "notice-invalid": mark("finding", "The notice is not written as it should be"),
    "original-missing": mark("finding", "What it changes has not come"),
    "vehicle-empty": mark("finding", "A vehicle without goods was announced"),
    "arrival-differs": mark("finding", "Something else was told under this arrival's id"),
    "arrival-known": mark("finding", "This arrival was told before"),
    "version-differs": mark("finding", "Other content came before under this ordinal"),
    "version-gap": mark("finding", "Versions before this one have not come"),
    "version-known": mark("finding", "This version came before"),
    "version-late": mark("finding", "A newer version came before"),
}
"""What a message says about a consignment that was told of before."""

ARRIVAL = {
    "entry-unknown": mark("finding", "Nothing was entered under this number"),
    "arrival-withdrawn": mark("finding", "This arrival was taken back before it was known"),
    "arrival-unknown": mark("finding", "There is no such arrival"),
    "arrival-taken-back": mark("finding", "This arrival was taken back before"),
    "correction-too-late": mark("finding", "The time for taking it back has passed"),
    "formalities-begun": mark("finding", "An import declaration rests on this arrival"),
    "already-arrived": mark("finding", "The arrival was registered before"),
    "arrival-ambiguous": mark("finding", "The arrival fits several consignments"),
    "arrival-in-future": mark("finding", "The arrival lies in the future"),
    "arrival-invalid": mark("finding", "The arrival is not written as it should be"),
    "arrival-too-old": mark("finding", "The arrival lies too far in the past"),
    "import-unmatched": mark("finding", "No consignment fits this import declaration yet"),
    "item-unknown": mark("finding", "The consignment has no such goods item"),
    "more-on-vehicle": mark("finding", "The vehicle carries more that is awaited"),
    "number-needed": mark("finding", "The number of the consignment is needed"),
    "number-unknown": mark("finding", "No expected consignment has this number"),
    "partner-needed": mark("finding", "The partner country is needed"),
    "partner-unknown": mark("finding", "No agreement names this partner country"),
    "post-unknown": mark("finding", "This country has no such post"),
}
"""Why an arrival or an import declaration is refused or warned for."""

LINE = {
    "EBMS:0001": mark("finding", "A value in the message header is not recognised"),
    "EBMS:0002": mark("finding", "A feature of the message is not supported"),
    "EBMS:0003": mark("finding", "Values in the message header contradict each other"),
    "EBMS:0004": mark("finding", "Another error of the transmission"),
    "EBMS:0005": mark("finding", "The connection failed"),
    "EBMS:0006": mark("finding", "No message is waiting"),
    "EBMS:0007": mark("finding", "The parts of the message are not put together correctly"),
    "EBMS:0008": mark("finding", "A part of the message has an unsupported feature"),
    "EBMS:0009": mark("finding", "The message header is not well-formed"),
    "EBMS:0010": mark("finding", "The message does not fit what was agreed for the line"),
    "EBMS:0011": mark("finding", "An external part of the message cannot be reached"),
    "EBMS:0101": mark("finding", "The signature or its certificate was not accepted"),
    "EBMS:0102": mark("finding", "The content could not be decrypted"),
    "EBMS:0103": mark("finding", "The protection of the message is not the agreed one"),
    "EBMS:0201": mark("finding", "Reliable delivery failed"),
    "EBMS:0202": mark("finding", "The message could not be delivered"),
    "EBMS:0301": mark("finding", "No receipt came"),
    "EBMS:0302": mark("finding", "The receipt does not prove this message"),
    "EBMS:0303": mark("finding", "The content could not be decompressed"),
    "EBMS:4001": mark("finding", "The message was received before"),
}
"""Errors of the transmission (ebMS 3.0 Core, 6.7; AS4 1.0, 5.1)."""

FINDINGS = {**DECLARATION, **DOCUMENT, **MESSAGE, **ASKING, **VERSION, **ARRIVAL, **LINE}
