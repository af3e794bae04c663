"""The table of ASYCUDA World: element of the file → element of the model.

There is no published schema; the elements are those of real files, empty ones included.
"""

from __future__ import annotations

from keruen.formats.codecs import AMERICAN_DATE, BOOLEAN, DECIMAL, INTEGER
from keruen.formats.reasons import DUTY, LAYOUT, SIGNATURE
from keruen.formats.rules import Each, Leaf, Plain, Rule, Strings, below, stated
from keruen.formats.writing import Names

NAMES = Names({"": ""})

TRANSPORT_CODES = {
    "703",
    "704",
    "705",
    "710",
    "720",
    "722",
    "730",
    "733",
    "740",
    "741",
    "750",
    "760",
    "787",
}
"""Attached document codes that are transport documents (733 is the CMR in South-East Europe)."""
PRECEDING_CODES = {"734", "820", "821", "822", "830"}
"""Attached document codes that are preceding declarations: transit, export."""


def _charges(prefix: str, invoice: str) -> tuple[Rule, ...]:
    groups = {
        invoice: "invoice",
        f"{prefix}external_freight": "external-freight",
        f"{prefix}internal_freight": "internal-freight",
        f"{prefix}insurance": "insurance",
        f"{prefix}other_cost": "other-cost",
        f"{prefix}deduction": "deduction",
    }
    leaves = (
        Leaf("Amount_national_currency", "national.value", DECIMAL),
        Leaf("Amount_foreign_currency", "foreign.value", DECIMAL),
        Leaf("Currency_code", "foreign.currency"),
        Leaf("Currency_name", "currency_name"),
        Leaf("Currency_rate", "rate", DECIMAL),
    )
    return tuple(Each(path, "charges", leaves, {"kind": kind}) for path, kind in groups.items())


def _means(path: str, stage: str) -> Each:
    return Each(
        path,
        "transport_means",
        (
            Leaf("Identity", "identity"),
            Leaf("Nationality", "nationality"),
            Leaf("Mode", "mode_declared"),
        ),
        {"stage": stage},
        _kind_of_means,
    )


def _kind_of_means(means: Plain) -> None:
    if "mode_declared" in means:
        means["mode"] = means["mode_declared"][:1]
        if means["mode"] == "2":
            means["kind"] = "wagon"


def _kind_of_document(document: Plain) -> None:
    code = document.get("code", "")
    if code in TRANSPORT_CODES:
        document["kind"] = "transport"
    elif code in PRECEDING_CODES:
        document["kind"] = "preceding"


def _is_attached(document: Plain) -> bool:
    return document.get("category") not in {SUMMARY, PREVIOUS, LICENCE}


SUMMARY, PREVIOUS, LICENCE = "summary", "previous", "licence"
"""Categories of documents that have a place of their own: two of box 40, one of box 44."""

_ITEM_STATEMENTS = {
    "Amount_deducted_from_licence": "amount deducted from licence",
    "Previous_doc/Previous_warehouse_code": "previous warehouse",
    "Tarification/Tarification_data": "tarification",
    "Tarification/A.I._code": "additional information code",
    "Tarification/Quota/QuotaCode": "quota code",
    "Tarification/Quota/QuotaId": "quota",
    "Tarification/Quota/QuotaItem/ItmNbr": "quota item",
}
_STATEMENTS = {
    "Export_release/Time_of_exit": "time of exit",
    "Export_release/Exit_reference": "exit reference",
    "Export_release/Comments": "comments on exit",
    "Property/Date_of_declaration": "date of declaration",
    "General_information/Country/Export/Export_country_region": "region of export",
    "General_information/Country/Destination/Destination_country_region": "region of destination",
    "General_information/CAP": "common agricultural policy",
    "General_information/Additional_information": "additional information",
    "General_information/Comments_free_text": "comments",
    "Transport/Delivery_terms/Situation": "situation of delivery",
    "Financial/Bank/Code": "bank code",
    "Financial/Bank/Name": "bank",
    "Financial/Bank/Branch": "bank branch",
    "Financial/Bank/Reference": "bank reference",
    "Financial/Terms/Code": "terms of payment code",
    "Financial/Terms/Description": "terms of payment",
    "Financial/Total_invoice": "total invoice",
    "Financial/Guarantee/Name": "guarantor",
    "Financial/Guarantee/Date": "date of guarantee",
    "Financial/Guarantee/Excluded_country/Code": "country without guarantee",
    "Financial/Guarantee/Excluded_country/Name": "country without guarantee, name",
    "Warehouse/Identification": "warehouse",
    "Warehouse/Delay": "days in warehouse",
    "Transit/Seals/Number": "number of seals",
    "Transit/Result_of_control": "result of control",
    "Transit/Time_limit": "time limit of transit",
    "Transit/Officer_name": "officer",
    "Valuation/Weight/Gross_weight": "gross weight of valuation",
}
"""Element → code of the statement that it becomes: what the model has no element of its own for."""

_ITEM: tuple[Rule, ...] = (
    Each(
        "Attached_documents",
        "documents",
        (
            Leaf("Attached_document_code", "code"),
            Leaf("Attached_document_name", "name"),
            Leaf("Attached_document_reference", "number"),
            Leaf("Attached_document_date", "issued", AMERICAN_DATE),
            Leaf("Attached_document_from_rule", "from_rule"),
        ),
        {},
        _kind_of_document,
        _is_attached,
    ),
    Each(
        "Packages",
        "packages",
        (
            Leaf("Number_of_packages", "count", DECIMAL),
            Leaf("Marks1_of_packages", "marks"),
            Leaf("Marks2_of_packages", "further_marks"),
            Leaf("Kind_of_packages_code", "kind"),
            Leaf("Kind_of_packages_name", "kind_name"),
        ),
    ),
    Leaf("IncoTerms/Code", "incoterms"),
    Leaf("IncoTerms/Place", "delivery_place"),
    Leaf("Tarification/HScode/Commodity_code", "hs"),
    *(
        Each(
            f"Tarification/HScode/Precision_{number}",
            "commodity_codes",
            (Leaf(".", "code"),),
            {"scheme": f"Precision_{number}"},
        )
        for number in (1, 2, 3, 4)
    ),
    Leaf("Tarification/Preference_code", "preference"),
    Leaf("Tarification/Extended_customs_procedure", "procedure"),
    Strings("Tarification/National_customs_procedure", "additional_procedures"),
    Leaf("Tarification/Quota_code", "quota"),
    Each(
        "Tarification/Supplementary_unit",
        "supplementary",
        (
            Leaf("Suppplementary_unit_code", "unit"),
            Leaf("Suppplementary_unit_name", "unit_name"),
            Leaf("Suppplementary_unit_quantity", "value", DECIMAL),
        ),
    ),
    Leaf("Tarification/Item_price", "price.value", DECIMAL),
    Leaf("Tarification/Value_item", "value_note"),
    Leaf("Tarification/Attached_doc_item", "document_codes"),
    Leaf("Goods_description/Country_of_origin_code", "origin"),
    Leaf("Goods_description/Country_of_origin_region", "origin_region"),
    Leaf("Goods_description/Description_of_goods", "description"),
    Leaf("Goods_description/Commercial_Description", "trade_description"),
    Each(
        "Previous_doc",
        "documents",
        (Leaf("Summary_declaration", "number"), Leaf("Summary_declaration_sl", "line", INTEGER)),
        {"kind": "preceding", "category": SUMMARY},
    ),
    Each(
        "Previous_doc",
        "documents",
        (Leaf("Previous_document_reference", "number"),),
        {"kind": "preceding", "category": PREVIOUS},
    ),
    Each(
        ".",
        "documents",
        (
            Leaf("Licence_number", "number"),
            Leaf("Quantity_deducted_from_licence", "written_off.value", DECIMAL),
        ),
        {"category": LICENCE},
    ),
    *stated(_ITEM_STATEMENTS),
    Each("Free_text_1", "additional_information", (Leaf(".", "text"),), {"code": "free text 1"}),
    Each("Free_text_2", "additional_information", (Leaf(".", "text"),), {"code": "free text 2"}),
    Leaf("Valuation_item/Weight_itm/Gross_weight_itm", "gross_mass", DECIMAL),
    Leaf("Valuation_item/Weight_itm/Net_weight_itm", "net_mass", DECIMAL),
    Leaf("Valuation_item/Total_cost_itm", "costs.value", DECIMAL),
    Leaf("Valuation_item/Total_CIF_itm", "customs_value.value", DECIMAL),
    Leaf("Valuation_item/Statistical_value", "statistical_value.value", DECIMAL),
    *below("Valuation_item", _charges("item_", "Item_Invoice")),
    Strings("Packages/Container_1", "first_containers"),
    Strings("Packages/Container_2", "last_containers"),
)

RULES: tuple[Rule, ...] = (
    Leaf("Export_release/Actual_office_of_exit_code", "actual_office_of_exit.code"),
    Leaf("Export_release/Actual_office_of_exit_name", "actual_office_of_exit.name"),
    Leaf("Export_release/Date_of_exit", "exited", AMERICAN_DATE),
    Leaf("Property/Sad_flow", "direction"),
    Leaf("Property/Nbers/Total_number_of_items", "item_count", INTEGER),
    Leaf("Property/Nbers/Total_number_of_packages", "package_count", DECIMAL),
    Leaf("Property/Place_of_declaration", "execution_place"),
    Leaf("Identification/Office_segment/Customs_clearance_office_code", "office.code"),
    Leaf("Identification/Office_segment/Customs_Clearance_office_name", "office.name"),
    Leaf("Identification/Type/Type_of_declaration", "type"),
    Leaf("Identification/Type/Declaration_gen_procedure_code", "procedure"),
    Leaf("Identification/Type/Type_of_transit_document", "feature"),
    Leaf("Identification/Manifest_reference_number", "manifest"),
    Leaf("Identification/Registration/Serial_number", "registration_serial"),
    Leaf("Identification/Registration/Number", "number"),
    Leaf("Identification/Registration/Date", "registered", AMERICAN_DATE),
    Leaf("Traders/Exporter/Exporter_code", "consignor.id"),
    Leaf("Traders/Exporter/Exporter_name", "consignor.name"),
    Leaf("Traders/Consignee/Consignee_code", "consignee.id"),
    Leaf("Traders/Consignee/Consignee_name", "consignee.name"),
    Leaf("Traders/Financial/Financial_code", "settlement_party.id"),
    Leaf("Traders/Financial/Financial_name", "settlement_party.name"),
    Leaf("Declarant/Declarant_code", "declarant.id"),
    Leaf("Declarant/Declarant_name", "declarant.name"),
    Leaf("Declarant/Declarant_representative", "declarant.representative"),
    Leaf("Declarant/Reference/Number", "local_reference"),
    Leaf("General_information/Country/Country_first_destination", "country_of_first_destination"),
    Leaf("General_information/Country/Trading_country", "trading_country"),
    Leaf("General_information/Country/Export/Export_country_code", "country_of_dispatch"),
    Leaf("General_information/Country/Export/Export_country_name", "country_of_dispatch_name"),
    Leaf(
        "General_information/Country/Destination/Destination_country_code",
        "country_of_destination",
    ),
    Leaf(
        "General_information/Country/Destination/Destination_country_name",
        "country_of_destination_name",
    ),
    Leaf("General_information/Country/Country_of_origin_name", "country_of_origin_name"),
    Leaf("General_information/Value_details", "value_note"),
    _means("Transport/Means_of_transport/Departure_arrival_information", "departure"),
    _means("Transport/Means_of_transport/Border_information", "border"),
    Leaf("Transport/Means_of_transport/Inland_mode_of_transport", "inland_mode"),
    Leaf("Transport/Container_flag", "containerised", BOOLEAN),
    Leaf("Transport/Delivery_terms/Code", "incoterms"),
    Leaf("Transport/Delivery_terms/Place", "delivery_place"),
    Leaf("Transport/Border_office/Code", "border_office.code"),
    Leaf("Transport/Border_office/Name", "border_office.name"),
    Leaf("Transport/Place_of_loading/Code", "place_of_loading.code"),
    Leaf("Transport/Place_of_loading/Name", "place_of_loading.name"),
    Leaf("Transport/Place_of_loading/Country", "place_of_loading.country"),
    Leaf("Transport/Location_of_goods", "goods_location"),
    Leaf("Financial/Financial_transaction/code1", "transaction_nature"),
    Leaf("Financial/Financial_transaction/code2", "transaction_nature_detail"),
    Leaf("Financial/Deffered_payment_reference", "payment_reference"),
    Leaf("Financial/Mode_of_payment", "payment_mode"),
    Leaf("Financial/Guarantee/Amount", "guarantee.value", DECIMAL),
    Leaf("Transit/Principal/Code", "principal.id"),
    Leaf("Transit/Principal/Name", "principal.name"),
    Leaf("Transit/Principal/Representative", "principal.representative"),
    Leaf("Transit/Destination/Office", "office_of_destination.code"),
    Leaf("Transit/Destination/Country", "office_of_destination.country"),
    Each("Transit/Seals/Identity", "seals", (Leaf(".", "number"),)),
    Leaf("Valuation/Total_cost", "costs.value", DECIMAL),
    Leaf("Valuation/Total_CIF", "customs_value.value", DECIMAL),
    *below("Valuation", _charges("Gs_", "Gs_Invoice")),
    Leaf("Valuation/Total/Total_invoice", "invoice.value", DECIMAL),
    Leaf("Valuation/Total/Total_weight", "gross_mass", DECIMAL),
    Each(
        "Container",
        "containers",
        (Leaf("Container_identity", "id"), Leaf("Container_type", "kind")),
    ),
    Each("Item", "items", _ITEM),
    *stated(_STATEMENTS),
)

NOT_CARRIED = {
    "Property/Forms": LAYOUT,
    "Property/Nbers/Number_of_loading_lists": LAYOUT,
    "Property/Selected_page": LAYOUT,
    "Financial/Amounts": DUTY,
    "Global_taxes": DUTY,
    "Assessment_notice": DUTY,
    "Identification/Assessment": DUTY,
    "Identification/receipt": DUTY,
    "Valuation/Calculation_working_mode": DUTY,
    "Item/Taxation": DUTY,
    "Item/Valuation_item/Rate_of_adjustement": DUTY,
    "Item/Valuation_item/Alpha_coeficient_of_apportionment": DUTY,
    "Item/Tarification/Valuation_method_code": DUTY,
    "Item/Valuation_item/Market_valuer": DUTY,
    "Transit/Signature": SIGNATURE,
}
"""Element (with all below it) → why the model does not have it."""
BECOMES = {
    "registration_serial": "number",
    "border_office.code": "office_of_exit (import: office_of_entry).code",
    "border_office.name": "office_of_exit (import: office_of_entry).name",
    "first_containers[]": "containers[]",
    "last_containers[]": "containers[]",
}
"""Targets of the rules that are no elements of the model → what they become."""
