"""What every act of the exchange needs to know about this node, as one immutable value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from keruen.agreement import Agreement
from keruen.agreement.instruments import Register, Waiting
from keruen.clock import Clock
from keruen.customs import Declaration, DeclarationKind, DocumentKind
from keruen.customs.codelists import BUILT_IN, CodeLists
from keruen.errors import RemoteError


@dataclass(frozen=True, slots=True)
class Context:
    """This node's country, its agreements, its clock and the code lists that it knows.

    Attributes:
        expiry: machine time after which a message without a receipt has failed.
        expiries: the same for partners that have their own.
        register: what was signed, as the node read it at its start; `proposed`: what waits to enter it.
        verifications: declarations that each side may verify by number in an hour.
    """

    country: str
    agreements: tuple[Agreement, ...]
    clock: Clock
    expiry: timedelta = timedelta(hours=72)
    expiries: Mapping[str, timedelta] = field(default_factory=dict)
    verifications: int = 60
    lists: CodeLists = BUILT_IN
    register: Register = field(default_factory=Register)
    proposed: tuple[Waiting, ...] = ()

    def expiry_of(self, partner: str) -> timedelta:
        """Machine time after which a message to a partner country has failed."""
        return self.expiries.get(partner, self.expiry)

    def agreement_with(self, partner: str) -> Agreement:
        """The agreement with a partner country.

        Raises:
            RemoteError: ``agreement-unknown``.
        """
        for agreement in self.agreements:
            if set(agreement.countries) == {self.country, partner}:
                return agreement
        raise RemoteError(
            "agreement-unknown",
            f"no agreement between {self.country} and {partner} is in force here",
        )

    def agreement_of(self, corridor: str) -> Agreement:
        """The agreement of a corridor of this node.

        Raises:
            KeyError: no agreement covers the corridor.
        """
        for agreement in self.agreements:
            if agreement.corridor == corridor:
                return agreement
        raise KeyError(corridor)

    def agreement_for(self, declaration: Declaration) -> Agreement | None:
        """The agreement whose other side concerns a declaration of this country; None if there is none.

        An export or transit concerns the country of destination, else the first partner on the itinerary;
        an import concerns the country that the goods were sent from. Goods of a third country may have come in
        transit through the only partner: then the import declaration names a preceding one.
        """
        for country in countries_concerned(declaration):
            for agreement in self.agreements:
                if country != self.country and country in agreement.countries:
                    return agreement
        in_transit = declaration.kind is DeclarationKind.IMPORT and any(
            one.number for one in declaration.all_documents(DocumentKind.PRECEDING)
        )
        return self.agreements[0] if in_transit and len(self.agreements) == 1 else None


def countries_concerned(declaration: Declaration) -> tuple[str, ...]:
    """Countries that a declaration may be of interest to, the likeliest first."""
    if declaration.kind is DeclarationKind.IMPORT:
        found = [
            declaration.country_of_dispatch,
            declaration.consignor.address.country
            if declaration.consignor and declaration.consignor.address
            else None,
            *(item.origin for item in declaration.items),
            declaration.trading_country,
            *(stop.country for stop in declaration.itinerary),
        ]
    else:
        office = declaration.office_of_destination
        found = [
            declaration.country_of_destination,
            office.country if office else None,
            declaration.recipient_country,
            *(item.destination for item in declaration.items),
            *(stop.country for stop in declaration.itinerary),
            declaration.consignee.address.country
            if declaration.consignee and declaration.consignee.address
            else None,
        ]
    return tuple(dict.fromkeys(country for country in found if country))
