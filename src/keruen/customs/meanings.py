"""What each finding of the checks means: what is wrong, and what would be right, in English.

A `right` sentence names its values by place (``{0}``); a finding carries them, so that it can be said in any
language (`keruen.console` has the others).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Meaning(NamedTuple):
    """One code in words: the kind of mistake, and the sentence that says what would be right."""

    wrong: str
    right: str


MEANINGS: Mapping[str, Meaning] = {
    "amount-negative": Meaning(
        "A price or value is below zero", "A price or value is zero or more."
    ),
    "container-check-digit": Meaning(
        "The check digit of a container number is wrong",
        "By ISO 6346 the check digit of these letters and digits is {0}; one of them is wrong.",
    ),
    "container-repeated": Meaning(
        "A container is listed twice", "This container is listed before; name it once."
    ),
    "container-unlisted": Meaning(
        "Goods lie in a container that the declaration does not list",
        "List the container among those of the declaration, or correct its number here.",
    ),
    "count-negative": Meaning(
        "A number of things is below zero", "A number of things is zero or more."
    ),
    "country-unknown": Meaning(
        "A country code is not in ISO 3166-1",
        "A country is stated by its two capital letters of ISO 3166-1, such as KZ.",
    ),
    "country-user-assigned": Meaning(
        "A country code is one that ISO 3166-1 leaves to its users",
        "The other side may not know this code; use the country's own code of ISO 3166-1.",
    ),
    "currency-unknown": Meaning(
        "A currency code is not in ISO 4217",
        "A currency is stated by the three capital letters that ISO 4217 has on {0}, such as USD.",
    ),
    "customs-value-differs": Meaning(
        "The declared customs value is not that of the items",
        "The customs values of the items add up to {0}.",
    ),
    "date-in-future": Meaning("A date lies too far in the future", "The latest day here is {0}."),
    "date-unusable": Meaning(
        "A date lies outside the years 1900 to 2199", "A date lies in the years {0} to {1}."
    ),
    "dates-unordered": Meaning(
        "Something is dated before what must come first",
        "This comes no earlier than {0}; one of the two dates is wrong.",
    ),
    "declaration-number-date": Meaning(
        "The date in the declaration number is not that of registration",
        "The declaration was registered on {0}; its number has that day as DDMMYY.",
    ),
    "declaration-number-malformed": Meaning(
        "A declaration number is not built as in the Eurasian Economic Union",
        "The number is made of office (2, 5 or 8 digits), date (DDMMYY) and serial (5 to 7 characters): "
        "57201/231126/0000017.",
    ),
    "document-expired": Meaning(
        "A document was valid no longer",
        "Name a document that is valid on {0}, the day of the declaration.",
    ),
    "document-id-malformed": Meaning(
        "The id of the electronic document is no UUID",
        "An electronic document is named by a UUID: 32 hexadecimal digits in five groups.",
    ),
    "document-repeated": Meaning(
        "A document is listed twice", "This document is listed before; name it once."
    ),
    "eta-missing": Meaning(
        "The basis of an expected time of arrival is stated without the time",
        "State the expected time of arrival, or leave out where it comes from.",
    ),
    "eta-past": Meaning(
        "A vehicle is expected before the declaration was made",
        "The expected time of arrival lies after {0}, when the declaration was made.",
    ),
    "eta-too-soon": Meaning(
        "A vehicle would pass from border to border faster than is possible",
        "From the stop before it takes {0} minutes at least; one of the two times is wrong.",
    ),
    "eta-unordered": Meaning(
        "A later stop is expected earlier", "The stop before is expected at {0}; this one is later."
    ),
    "hs-malformed": Meaning(
        "A commodity code has fewer than six digits or other characters",
        "A commodity code is at least the six digits of the Harmonized System.",
    ),
    "hs-national-unknown": Meaning(
        "A commodity code is not in the national nomenclature",
        "The nomenclature {0} has no such code on {1}; correct the digits after the sixth.",
    ),
    "hs-unknown": Meaning(
        "A commodity code is not in its edition of the Harmonized System",
        "The Harmonized System {0} has no subheading {1}; correct it, or state its edition.",
    ),
    "invoice-differs": Meaning(
        "The invoice total is not that of the items", "The prices of the items add up to {0}."
    ),
    "item-count-differs": Meaning(
        "The declared number of items is not that of the items",
        "The declaration has {0} items; state that number, or all items.",
    ),
    "item-ordinal-invalid": Meaning("An item is numbered below 1", "Items are numbered from 1."),
    "item-ordinal-repeated": Meaning(
        "Two items have the same number", "Another item has this number; each has one of its own."
    ),
    "items-missing": Meaning(
        "The declaration has no items", "A declaration states at least one item of goods."
    ),
    "itinerary-unordered": Meaning(
        "The stops of the itinerary are not in order",
        "Stops are listed and numbered in the order of passage.",
    ),
    "mark-unprintable": Meaning(
        "A mark has characters that nobody sees",
        "Write the mark without tabs, line ends and invisible characters.",
    ),
    "mass-not-positive": Meaning(
        "A mass is zero or below", "A mass is stated in kg and more than zero."
    ),
    "means-repeated": Meaning(
        "A means of transport is listed twice",
        "This means of transport is listed before; name it once.",
    ),
    "mode-unknown": Meaning(
        "A mode of transport is not in UN/ECE Recommendation 19",
        "A mode of transport is one digit of UN/ECE Recommendation 19, such as 3 for road.",
    ),
    "net-exceeds-gross": Meaning(
        "A net mass is more than the gross mass", "The net mass is at most the gross mass, {0} kg."
    ),
    "number-unusable": Meaning(
        "A number is not finite or has too many digits",
        "A number has at most {0} digits before the point and {1} after it.",
    ),
    "office-unknown": Meaning(
        "A customs office is not in the list of offices",
        "State the code that the list of customs offices has on {0}.",
    ),
    "package-count-differs": Meaning(
        "The declared number of packages is not that of the items",
        "The packages of the items add up to {0}.",
    ),
    "package-kind-unknown": Meaning(
        "A kind of packages is not in UN/ECE Recommendation 21",
        "A kind of packages is two characters of UN/ECE Recommendation 21, such as CT for cartons.",
    ),
    "package-mass-implausible": Meaning(
        "The mass of a package is not what such goods have",
        "A package of such goods weighs {0} to {1} kg; check mass and number of packages.",
    ),
    "plate-malformed": Meaning(
        "A registration plate is not built as in its country",
        "Plates of this country look like {0}; check the plate and the nationality.",
    ),
    "reference-missing": Meaning(
        "Nothing names the declaration",
        "State the declaration's number, its local reference or the id of the document.",
    ),
    "seal-repeated": Meaning("A seal is listed twice", "This seal is listed before; name it once."),
    "tax-number-check-digit": Meaning(
        "The check digit of a taxpayer's number is wrong",
        "The last digit of this BIN or IIN would be {0}; one of its digits is wrong.",
    ),
    "tax-number-malformed": Meaning(
        "A taxpayer's number is not built as in its country",
        "A taxpayer's number of this country has {0} digits.",
    ),
    "text-too-long": Meaning("A text is too long", "A text has at most {0} characters here."),
    "text-unusable": Meaning(
        "A text has control characters",
        "Control characters cannot be exchanged; write the text without them.",
    ),
    "time-without-offset": Meaning(
        "A time has no offset from UTC",
        "A time is stated with its offset from UTC, such as +05:00.",
    ),
    "total-mass-differs": Meaning(
        "The declared gross mass is not that of the items",
        "The gross masses of the items add up to {0} kg.",
    ),
    "transport-missing": Meaning(
        "No means of transport is named",
        "State the plate or number of the means of transport; the goods are recognised by it.",
    ),
    "unit-unknown": Meaning(
        "A unit of measure is not in UN/ECE Recommendation 20",
        "A unit is a code of UN/ECE Recommendation 20, such as LTR, or three digits of the EAEU's classifier.",
    ),
    "unit-value-implausible": Meaning(
        "The value per kilogram is not what such goods cost",
        "Such goods cost {0} to {1} USD a kg; check value, currency and net mass.",
    ),
    "wagon-check-digit": Meaning(
        "The check digit of a wagon number is wrong",
        "The last digit of this wagon's number would be {0}; one of its digits is wrong.",
    ),
}
"""Every code that a check gives."""

FINDING_CODES: Mapping[str, str] = {code: one.wrong for code, one in MEANINGS.items()}
"""Code → what is wrong."""
RIGHT: Mapping[str, str] = {code: one.right for code, one in MEANINGS.items()}
"""Code → what would be right, with places for the values of a finding."""
