"""Takes codes and days, gives whether a code list has them then, and what they are called.

A list's codes are looked up in constant time; `CodeLists.holds` costs well under a microsecond.
"""

from keruen.customs.codelists.builtin import (
    BUILT_IN,
    COUNTRY,
    CURRENCY,
    DANGEROUS,
    LOCODE,
    MEANS,
    MODE,
    OFFICE,
    PACKAGE,
    POST,
    UNIT,
    hs,
)
from keruen.customs.codelists.editions import converted, nomenclatures
from keruen.customs.codelists.lists import CodeLists, Source
from keruen.customs.codelists.model import CodeList, Entry, Published

__all__ = [
    "BUILT_IN",
    "COUNTRY",
    "CURRENCY",
    "DANGEROUS",
    "LOCODE",
    "MEANS",
    "MODE",
    "OFFICE",
    "PACKAGE",
    "POST",
    "UNIT",
    "CodeList",
    "CodeLists",
    "Entry",
    "Published",
    "Source",
    "converted",
    "hs",
    "nomenclatures",
]
