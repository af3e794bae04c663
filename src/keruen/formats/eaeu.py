"""What the declarations of the Eurasian Economic Union have in common, whichever structure carries them.

Box numbers are those of the Union's declaration form (decisions 257 and 289 of the Customs Union Commission).
"""

from __future__ import annotations

from datetime import timedelta, timezone

from keruen.formats.rules import Plain, put

OFFSETS = {
    "RU": 3,
    "BY": 3,
    "GE": 4,
    "AM": 4,
    "AZ": 4,
    "KZ": 5,
    "TJ": 5,
    "UZ": 5,
    "TM": 5,
    "KG": 6,
    "CN": 8,
}
"""Hours ahead of UTC where declarations of these formats are presented; 0 elsewhere."""

PROCEDURES = {"transit": "ТТ", "export": "ЭК", "import": "ИМ"}
"""First subdivision of box 1, Cyrillic."""
KINDS = {code: kind for kind, code in PROCEDURES.items()} | {"TT": "transit"}
"""… and the Latin letters that look the same."""

NO_PROCEDURE, NO_FEATURE = "00", "000"
"""Box 37: no preceding procedure, no feature."""
TRAILER_KINDS = {"390", "391", "392"}
"""Codes of trailers and semi-trailers among the types of vehicles, as this project writes them."""
OWN = {"identity", "identity_type", "vin", "nationality", "own_mode"}
"""What a vehicle has that its box does not say."""
STAGES = {"departure": "departure_mode", "border": "border_mode"}
"""Stage → element for the mode of its whole box (18, 21) where the first vehicle there states another."""

APART = {"nationalities": "departure_nationality", "counts": "departure_means_count"}
"""What is told of a whole box → element for box 18 where it differs from box 21."""


def offset_of(country: str | None) -> timezone:
    """The offset of a country's time."""
    return timezone(timedelta(hours=OFFSETS.get(country or "", 0)))


def take_kind(plain: Plain) -> None:
    """Export, transit or import, by the declared type."""
    kind = KINDS.get(plain.get("type", ""))
    plain |= {"kind": kind} if kind else {}


def give_type(plain: Plain) -> None:
    """The type that tells the kind, where the declared one does not."""
    if KINDS.get(plain.get("type", "")) != plain["kind"]:
        plain["type"] = PROCEDURES[plain["kind"]]


def kind_of_document(document: Plain) -> None:
    """Documents 02… of the classifier are transport documents."""
    is_transport = str(document.get("code", "")).startswith("02")
    document["kind"] = "transport" if is_transport else "presented"


def is_presented(document: Plain) -> bool:
    """Whether a document belongs in box 44."""
    return document.get("kind", "presented") in {"transport", "presented"}


def take_supplementary(item: Plain) -> None:
    """Box 41 first, then the further quantities."""
    further = item.pop("further_supplementary", [])
    item["supplementary"] = item.pop("first_supplementary", []) + further


def give_supplementary(item: Plain) -> None:
    """The inverse of `take_supplementary`."""
    supplementary = item.get("supplementary", [])
    item["first_supplementary"] = supplementary[:1]
    item["further_supplementary"] = supplementary[1:]


def give_procedure(item: Plain) -> None:
    """Box 37 is whole or absent; other systems write both procedures as one code of four digits."""
    code = item.get("procedure", "")
    if len(code) == len("1000") and "previous_procedure" not in item:
        item |= {"procedure": code[:2], "previous_procedure": code[2:]}
    if "procedure" in item:
        item.setdefault("previous_procedure", NO_PROCEDURE)
        item.setdefault("additional_procedures", [NO_FEATURE])


def take_containers(plain: Plain) -> None:
    """Containers of the items are those of the declaration, in the order in which they are named."""
    seen: dict[str, Plain] = {}
    for item in plain.get("items", []):
        ids = [one["id"] for one in item.pop("item_containers", [])]
        if ids:
            item["containers"] = ids
        for container in ids:
            seen.setdefault(container, {"id": container, "ordinal": len(seen) + 1})
    if seen:
        plain["containers"] = list(seen.values())


def take_means(plain: Plain) -> None:
    """Boxes 18 and 21: mode, nationality and number of the whole box, and each vehicle."""
    modes, nations = plain.pop("modes", {}), plain.pop("nationalities", {})
    counts = plain.pop("counts", {})
    _take_stages(plain, counts, "transport_means_count", "departure_means_count")
    _take_stages(plain, nations, "transport_nationality", "departure_nationality")
    for stage, element in STAGES.items():
        here = [one for one in plain.get("transport_means", []) if one["stage"] == stage]
        if not here and stage in modes:
            here = [{"stage": stage}]
            plain.setdefault("transport_means", []).extend(here)
        for one in here:
            take_mode(one, one.pop("own_mode", modes.get(stage)))
        if stage in modes and here[0]["mode_declared"] != modes[stage]:
            plain[element] = modes[stage]
    if modes:
        plain["transport_means"].sort(key=lambda one: list(STAGES).index(one["stage"]))


def take_mode(means: Plain, declared: str | None) -> None:
    """The mode of a vehicle, and what follows for its kind."""
    if declared:
        means |= {"mode_declared": declared, "mode": mode_of(declared)}
    if means.get("mode") == "2":
        means["kind"] = "wagon"
    elif means.get("identity_type") in TRAILER_KINDS:
        means["kind"] = "trailer"


def _take_stages(plain: Plain, values: Plain, name: str, departure: str) -> None:
    """One value where both stages agree or only one is given, else each its own."""
    if values:
        plain[name] = values.get("border", values.get("departure"))
        if values.get("departure", plain[name]) != plain[name]:
            plain[departure] = values["departure"]


def mode_of(declared: str) -> str:
    """UN/ECE Rec 19 mode of a two-digit code: 31 → 3; 90 (moves by itself) is road."""
    return "3" if declared.startswith("9") else declared[:1]


def give_means(plain: Plain) -> None:
    """The inverse of `take_means`."""
    means = plain.get("transport_means", [])
    for one in means:
        one.setdefault("stage", "border")
    for stage in _stages(plain):
        here = [one for one in means if one["stage"] == stage]
        whole = plain.get(STAGES[stage]) or _first_mode(here)
        give_modes(here, whole)
        put(plain, f"modes.{stage}", whole)
        put(plain, f"nationalities.{stage}", plain.get("transport_nationality"))
        put(plain, f"counts.{stage}", plain.get("transport_means_count"))
    plain["transport_means"] = [one for one in means if OWN & one.keys()]
    for name, element in APART.items():
        if element in plain:
            put(plain, f"{name}.departure", plain[element])


def _stages(plain: Plain) -> list[str]:
    """The boxes that are filled in: those with vehicles, both where the two are told apart, else box 21."""
    if any(element in plain for element in APART.values()):
        return list(STAGES)
    stages = {one["stage"] for one in plain.get("transport_means", [])}
    return [one for one in STAGES if one in stages] or ["border"]


def _first_mode(means: list[Plain]) -> str | None:
    return next((one.get("mode_declared") or one.get("mode") for one in means), None)


def give_modes(means: list[Plain], whole: str | None) -> None:
    """Each vehicle's own mode, where it is not that of the whole box or all that is known of one of several."""
    for one in means:
        declared = one.get("mode_declared") or one.get("mode")
        bare = len(means) > 1 and not OWN & one.keys()
        if declared and (declared != whole or bare):
            one["own_mode"] = declared
