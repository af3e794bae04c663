"""What docs/reference/interface.md says between its tables: rules that no table of the program holds."""

INTRODUCTION = """\
# The interface, for a partner's software

Made by `scripts/reference_interface` from the program; do not edit.

All that another AS4 access point needs to exchange with a Keruen node. The message handler follows eDelivery
AS4 ([conformance](../conformance.md)); the payloads are JSON documents whose schemas `keruen schema` prints.
How settings of Domibus, phase4 and Holodeck correspond: [partner software](../how-to/partner-software.md).
What the two administrations agreed on (phases, data list, deadlines, posts) is in the agreement file, not
here.

What the two sides give each other beforehand: party id and its type, the address of the endpoint, the
profile, the certificates for signing and for encryption, and their SHA-256 fingerprints over another channel.
A Keruen node prints all of it: `keruen card DIR`.
"""
PMODE = """\
## Processing mode

One direction is a processing mode of its own; both directions have the same values, with the parties exchanged.
The third column names what the node's operator can set for one partner ([cards](settings.md)).
"""
ANSWERS = """\
## Answers, and pulling

The Acknowledgement of a document is a message of its own, in the other direction (Two-Way/Push-and-Push): its
`RefToMessageId` is the `MessageId` of the message that it answers, its `ConversationId` the same as there. A
sender chooses `ConversationId` freely; a Keruen node takes the consignment's id. Where its card of
the partner says `collaboration.two_way = false`, a node's answers have no `RefToMessageId`: the document names
the message.

Where the two agreed on a channel (MPC), one of them pulls what the other has for it (One-Way/Pull), and
pushes what it sends itself. The pull request is signed like any signal, names the channel, which is never the
default one, and is taken once, while it is no older than {minutes:g} minutes. It is answered with the oldest
message that waits, whose `UserMessage` names the channel, or with the warning `EBMS:0006`. Several pulls at
once get different messages. The receipt, or an error, is posted to the same address that was pulled from and
answered with HTTP 202 without a body. A message whose receipt does not come is given again after the agreed
interval.
"""
PAYLOADS = """\
## Payloads

The SOAP Body is empty. The first `PartInfo` is the business document: one JSON document in UTF-8, media type
`application/json`, of the kind that the action names. Files may follow where the agreement lets a kind carry
them (`[attachments]`); with other kinds they are refused. Each part has the property `MimeType`; one that is
packed has `CompressionType` `application/gzip`, too, and is packed before it is signed, signed before it is
encrypted. Every part that is listed is signed and encrypted, and no other part is there. Parts may come in
another order than `PartInfo` lists them; a Keruen node sends them in that order. A `CharacterSet` must be one
that IANA knows. Names in `Content-Disposition` are not looked at.
"""
REPETITION = """\
## Repetition

A message without a verified receipt is sent again with the same `MessageId` and the same digests: after
{delays} seconds, the last one repeating, until {hours} hours have passed (the sender's `[retry]`). The same
id with the same digests is a repetition and gets the first receipt again, octet for octet; nothing is
delivered twice. The same id with other digests is refused with `EBMS:0003`. Ids are kept as long as the
agreement says (`retention.message_ids`, days); a message whose `Timestamp` is older is refused with
`EBMS:0003`, and so is one that is more than ten minutes ahead.

The receipt is a signed SOAP message without MIME in the HTTP response, status 200: `RefToMessageId`, and in
`NonRepudiationInformation` each `ds:Reference` of the message's signature. It leaves after the message is
committed. A sender should compare the digests with those that it signed.
"""
ERRORS = """\
## Errors

An error comes in the HTTP response: one `eb:Error` with code, severity, category, `refToMessageInError`, a
general description, and never the cause, which the receiver's operator finds in his console. Judge by the
body, not by the HTTP status: 200 where the partner is known, 400 where it is not. Without an ebMS body: 404
and 405 for another path or method than POST, 408 for a body that stands still, 503 with `Retry-After` when
the node has too much to do or no database.

An error is signed if the sender proved who he is, else not. An unsigned error never ends a message at a
Keruen sender. A signed one that names the message does, unless sending again may help: `EBMS:0004`,
`EBMS:0005`, warnings, and what damage on the way can bring about (`EBMS:0007`, `EBMS:0101`, `EBMS:0102`,
`EBMS:0103`). An error that says that the message came before (phase4's `EBMS:4001`) ends the attempts: the
partner probably has the message, and no receipt proves it.
"""
MESSAGES = """\
## Messages

Every document has `kind`, `header` and its own members. Ids are UUIDs in lower case, chosen by the sender,
times have an offset, numbers with decimals are text, absent members are left out. `header.structure` and
`header.version` name the structure; another minor version adds members only, and members that a reader does
not know are passed over. `header.refers_to` is the `message_id` that a message answers or replaces;
`consignment_id` holds the announcement, its answer, the arrival and the import together. Each message but an
Acknowledgement is answered with an Acknowledgement: accepted, or rejected with findings ([codes](codes.md)).
Version of all structures: {version}.

`keruen schema KIND` prints the JSON Schema (2020-12) of a kind.
"""
EXAMPLES = """\
## Examples of documents

Invented, and cut to the data list of [kz-tj.toml](../../src/keruen/agreement/kz-tj.toml), as a node would
send them.
"""
WIRE = """\
## An exchange on the wire

The first document above under `edelivery-2.0`, indented for reading and with long base64 cut: what really
travels has no white space between elements. Keys and certificates are made from constants for this page and
belong to nobody.
"""
