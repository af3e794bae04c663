"""What reading a file says: why it is refused, which values are not of their kind, what was not taken over."""

from __future__ import annotations

from keruen.customs.wording import Wording
from keruen.formats import codecs
from keruen.formats.codecs import Codec
from keruen.messages.mistakes import PHRASES, structure

XML_SPELLED = {
    "ERR_ATTRIBUTE_NOT_STARTED": "the value of an attribute is not in quotes",
    "ERR_ATTRIBUTE_REDEFINED": "an attribute stands twice in one element",
    "ERR_ATTRIBUTE_WITHOUT_VALUE": "an attribute has no value",
    "ERR_DOCUMENT_END": "something follows after the end of the document",
    "ERR_GT_REQUIRED": "a tag does not end with >",
    "ERR_HYPHEN_IN_COMMENT": "-- stands within a comment",
    "ERR_INVALID_CHAR": "a character that XML does not have",
    "ERR_LT_IN_ATTRIBUTE": "< in the value of an attribute is written &lt;",
    "ERR_NAME_REQUIRED": "a name is missing; & in a text is written &amp;, < is written &lt;",
    "ERR_RESERVED_XML_NAME": "the XML declaration stands at the very beginning only",
    "ERR_TAG_NAME_MISMATCH": "an element ends under another name than it began",
    "ERR_UNDECLARED_ENTITY": "the name between & and ; means nothing; write the character itself",
    "NS_ERR_UNDEFINED_NAMESPACE": "a prefix has no namespace",
}
"""The parser's name of an error → phrase."""
XML_OTHERWISE = "this is not as XML is written"
JSON_SPELLED = {
    "Expecting ',' delimiter": "a comma is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name": "a member's name in double quotes is missing",
    "Expecting value": "a value is missing",
    "Extra data": "something follows after the end of the document",
    "Illegal trailing comma": "a comma too many",
    "Invalid \\": "a backslash with what does not belong after it",
    "Invalid control character": "a control character or line end within a text",
}
"""Beginning of the decoder's words → phrase."""
JSON_OTHERWISE = "this is not as JSON is written"
UNREADABLE = {
    "Is a directory": "it is a folder",
    "No such file or directory": "it does not exist",
    "Permission denied": "its rights do not allow it",
}
"""The system's words → phrase."""
OTHERWISE_UNREADABLE = "the system does not give it"
CODECS = tuple(one.name for one in vars(codecs).values() if isinstance(one, Codec))

WORDING = Wording(
    sentences={
        "declaration-ambiguous": "The ED_Container holds {0} declarations ESADout_CU; hand in one at a time.",
        **structure("declaration-invalid"),
        "declaration-invalid/kind": "State on line {0} whether it is an export, transit or import declaration.",
        "declaration-missing": "The document holds no {0}; hand it in with one.",
        "elements-not-taken": "{0} elements are not known to the reader; "
        "`keruen convert --coverage` names them all.",
        "encoding-unknown": "The encoding {0} is not taken; write the file in UTF-8.",
        "encoding-wrong": "On line {0} the bytes are not in the encoding that the file states "
        "(UTF-8 where it states none).",
        "encoding-wrong/utf-8": "The file says {0}, but its bytes are UTF-8; make both agree.",
        "file-unreadable": "The file cannot be read: {0}.",
        "format-other": "The file is in the format {0}, not in {1}.",
        "format-unknown": "A file begins as XML or as JSON; known formats are {0}.",
        "format-unknown/json": "The JSON is no object with the member `kind`; known formats are {0}.",
        "format-unknown/root": "No known format has the root element {0}; known formats are {1}.",
        "input-empty": "The file is empty; hand it in whole.",
        "input-too-deep": "On line {0} elements lie more than {1} deep in each other.",
        "input-too-large": "The file has more than {0} bytes, which is the most that is taken.",
        "input-too-large/tags": "The file has more than {0} tags, lists or objects; split it.",
        "input-too-large/text": "On line {0} a text or a name is longer than is taken.",
        "input-truncated": "The file ends on line {0}, before what it began is closed; hand it in whole.",
        "json-duplicate": "The member {0} stands twice in one object; name it once.",
        "json-malformed": "The file is not JSON on line {0}, column {1}: {2}.",
        "value-invalid": "What belongs here on line {0}: {1}.",
        "value-invalid/name": "The name of a member is a text without control characters.",
        "value-invalid/unit": "The unit here on line {0} is {1}; no other is converted.",
        "version-near": "Known is {0}; elements of another structure or version may be missed.",
        "version-unknown": "{0} is not known; {1} is.",
        "xml-dtd": "On line {0} the file has a DTD (<!DOCTYPE>); hand it in without.",
        "xml-malformed": "The file is not well-formed XML on line {0}, column {1}: {2}.",
    },
    phrases=tuple(
        dict.fromkeys(
            (
                *PHRASES,
                *CODECS,
                *XML_SPELLED.values(),
                XML_OTHERWISE,
                *JSON_SPELLED.values(),
                JSON_OTHERWISE,
                *UNREADABLE.values(),
                OTHERWISE_UNREADABLE,
            )
        )
    ),
)
