"""What a page shows or does, the API offers in meaning: each route of the console with its operations."""

from __future__ import annotations

import pytest

from keruen.api import OPERATIONS
from keruen.console.app import ROUTES
from keruen.console.board.routes import UPLOADS

PERSONAL = "of a person who sits there: log-in, their own account, a form that is being filled in"
SEALED = "a token makes no tokens: a person does"

FILL_IN = dict.fromkeys(
    (
        "GET /log-in",
        "POST /log-in",
        "GET /log-in/openid",
        "GET /log-in/openid/back",
        "GET /log-in/second",
        "POST /log-in/second",
        "GET /static/{digest}/{name}",
        "GET /account",
        "GET /account/factor",
        "POST /account/factor",
        "POST /account/factor/confirm",
        "POST /account/factor/drop",
        "POST /account/password",
        "POST /account/sessions/{session_id}/end",
        "POST /log-out",
        "POST /arrivals/{entry_id}/discard",
        "POST /posts/{code}/arrival/draft",
    ),
    PERSONAL,
)
PAGES: dict[str, str] = FILL_IN | {
    "POST /administration/tokens": SEALED,
    "GET /": "listPosts",
    "GET /events": "streamEvents listEvents",
    "GET /search": "findConsignments",
    "GET /posts/{code}": "listExpected listArrived",
    "GET /posts/{code}/arrival": "getConsignment",
    "POST /posts/{code}/arrival": "judgeArrival uploadAttachment",
    "GET /arrivals/{entry_id}": "listArrivals",
    "POST /arrivals/{entry_id}": "registerArrival uploadAttachment",
    "POST /arrivals/{entry_id}/undo": "withdrawArrival",
    "GET /instruments": "listInstruments",
    "GET /instruments/{key}": "getInstrument",
    "GET /consignments": "listConsignments",
    "GET /consignments/{consignment_id}": "getConsignment",
    "GET /consignments/{consignment_id}/paper": "getConsignment",
    "GET /consignments/{consignment_id}/files/{message_id}/{ordinal}": "getMessageAttachment",
    "POST /consignments/{consignment_id}/enquire": "enquire",
    "POST /consignments/{consignment_id}/answer": "answerEnquiry",
    "GET /enquiries": "listEnquiries getEnquiry",
    "GET /messages": "listMessages",
    "GET /messages/{corridor}/{message_id}": "getMessage getMessageProof",
    "GET /messages/{corridor}/{message_id}/{part}": "getMessageContent getMessageEnvelope getMessageReceipt",
    "GET /messages/{corridor}/{message_id}/attachments/{ordinal}": "getMessageAttachment",
    "POST /messages/{corridor}/{message_id}/resend": "resendMessage",
    "GET /refusals": "listRefusals",
    "GET /refusals/{refusal_id}": "getRefusal",
    "GET /refusals/{refusal_id}/raw": "getRefusedContent",
    "GET /partners": "listPartners",
    "GET /control": "listPartners getStatus",
    "GET /control/partners/{country}": "getPartner",
    "POST /control/partners/{country}/retry": "retryPartner",
    "POST /control/partners/{country}/ping": "pingPartner",
    "POST /control/partners/{country}/package": "exportPackage",
    "GET /control/package": "importPackage",
    "POST /control/package": "importPackage",
    "POST /control/package/{package_id}/answer": "importPackage",
    "GET /control/storage": "getStorage",
    "GET /alarms": "listAlarms listMissedDeadlines",
    "POST /alarms/{corridor}/settle": "settleAlarm",
    "GET /agreements": "listAgreements",
    "GET /agreements/{corridor}": "getAgreement getAgreementText",
    "GET /codelists": "listCodeLists",
    "GET /codelists/{list_id}": "listCodes",
    "GET /quality": "listScores",
    "GET /reconciliation": "listCases sumCases",
    "GET /reconciliation/{subject}": "getCase",
    "GET /reconciliation/{subject}/evidence": "getCaseEvidence",
    "POST /reconciliation/{subject}/close": "closeCase",
    "POST /reconciliation/{subject}/reopen": "reopenCase",
    "POST /reconciliation/{subject}/link": "linkCase",
    "POST /reconciliation/{subject}/unlink": "unlinkCase",
    "POST /reconciliation/{subject}/ask": "enquire verifyDeclaration",
    "GET /overview": "getFigures listFigures",
    "GET /overview/consignments": "listFigureConsignments",
    "GET /overview/files/{name}": "listFigures",
    "GET /turnover": "getTurnover listSeries",
    "GET /turnover/files/{name}": "getTurnover",
    "GET /administration/users": "listUsers",
    "GET /administration/users/{user_id}": "listUsers",
    "POST /administration/users": "createUser",
    "POST /administration/users/{user_id}": "changeUser",
    "POST /administration/users/{user_id}/password": "setPassword",
    "POST /administration/users/{user_id}/{deed}": "disableUser enableUser dropSecondFactor",
    "GET /administration/tokens": "listTokens",
    "POST /administration/tokens/{token_id}/revoke": "revokeToken",
    "GET /administration/audit": "listAuditEntries",
    "GET /administration/audit.csv": "listAuditEntries",
    "GET /administration/audit.json": "listAuditEntries",
}
"""Method and path of a page → operations that offer the same, or why none does."""


def routes() -> set[str]:
    return {
        f"{method} {path}".replace(":str", "").replace(":int", "")
        for route in (*ROUTES, *UPLOADS)
        for method in route.http_methods
        if method in {"GET", "POST"}
        for path in route.paths
    }


@pytest.mark.parametrize("route", sorted(routes()))
def test_what_a_page_offers_a_program_can_ask_for(route: str) -> None:
    assert route in PAGES, f"say in PAGES which operation offers what {route} does, or why none may"
    if PAGES[route] not in (PERSONAL, SEALED):
        assert set(PAGES[route].split()) <= {one.id for one in OPERATIONS}
