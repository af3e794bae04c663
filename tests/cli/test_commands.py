"""The commands as a person and a program use them: one grammar, exit codes 0 to 3, JSON."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cli.conftest import keruen, make_node, rows

from keruen.cli.main import COMMANDS, main
from keruen.config import directory
from keruen.config.cards import write_card
from keruen.store import Store

HEAVY = {"sqlalchemy", "cryptography", "lxml", "litestar", "uvicorn", "aiohttp", "rich", "asyncio"}


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from keruen.cli.main import main\n"
        "try: main(['--help'])\n"
        "finally: print(' '.join({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert all(name in ended.stdout for name in COMMANDS)
    assert not HEAVY & set(ended.stderr.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_is_what_the_list_says(name: str) -> None:
    answer = keruen(name, "--help")
    assert answer.code == 0
    assert answer.out.startswith(f"Usage: main {name}")


OF_FILES = {"check-declaration", "convert", "mirror", "reconcile", "schema", "simulate", "turnover"}
"""Commands that take files and no node, or, as `turnover`, either."""


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - OF_FILES - {"bench", "demo"}))
def test_what_acts_on_a_node_names_it_first(name: str) -> None:
    with click.Context(main) as context:
        command = main.get_command(context, name)
    assert command is not None
    for one in command.commands.values() if isinstance(command, click.Group) else [command]:
        arguments = [given for given in one.params if isinstance(given, click.Argument)]
        assert arguments[0].metavar == "DIR"


@pytest.mark.parametrize("arguments", [["nonsense"], ["--nonsense"], ["status"], ["schema", "X"]])
def test_wrong_use_is_exit_code_2(arguments: list[str]) -> None:
    assert keruen(*arguments).code == 2


def test_the_program_itself_is_the_same() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "keruen", "status", "/nowhere"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stderr.startswith("keruen: no-node: this is no node directory")
    assert ended.stderr.count("\n") == 1


# --- init and check -------------------------------------------------------------------------------


def test_init_makes_a_whole_node(tmp_path: Path) -> None:
    answer = keruen("init", tmp_path / "kz", "--country", "KZ", "--json")
    assert answer.code == 0
    assert answer.json["partner"] == "TJ"
    assert {path.name for path in (tmp_path / "kz").iterdir()} == {
        *("node.toml", "keys", "partners", "agreements", "crls", "instruments.toml", "keruen.db"),
    }
    assert keruen("check", tmp_path / "kz").code == 0


def test_init_says_what_comes_next(tmp_path: Path) -> None:
    answer = keruen("init", tmp_path / "gb", "--country", "GB", "--partner", "FR")
    assert "with the agreement fr-gb" in answer.out
    assert f"keruen card {tmp_path / 'gb'} > GB.toml" in answer.out
    assert answer.out.count(":") > 60  # two fingerprints


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--country", "XX"], "country-unknown"),
        (["--country", "GB"], "--partner XX"),
        (["--country", "KZ", "--as4-port", "0"], "1<=x<=65535"),
        (["--country", "KZ", "--as4-port", "5", "--console-port", "5"], "two different ports"),
        ([], "Missing option '--country'"),
    ],
)
def test_a_wrong_init_is_wrong_use_and_makes_nothing(
    tmp_path: Path, options: list[str], said: str
) -> None:
    answer = keruen("init", tmp_path / "node", *options)
    assert answer.code == 2
    assert said in answer.err
    assert not (tmp_path / "node").exists()


def test_init_leaves_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    answer = keruen("init", tmp_path, "--country", "KZ")
    assert answer.code == 2
    assert "directory-exists" in answer.err


def test_check_explains_every_mistake_by_file_key_and_line(kz: Path) -> None:
    settings = kz / "node.toml"
    settings.write_text(settings.read_text().replace("timeout = 60", "timeout = -1"))
    agreement = kz / "agreements" / "kz-tj.toml"
    agreement.write_text(agreement.read_text().replace("hours = 14", "hours = -14"))

    answer = keruen("check", kz)
    assert answer.code == 1
    lines = answer.out.splitlines()
    assert len(lines) == 2
    assert re.search(r"error: settings-invalid: retry.timeout: .*node\.toml, line \d+\)$", lines[0])
    assert re.search(r"agreement-invalid: route\[1\]\.hours: .*kz-tj\.toml, line \d+\)$", lines[1])

    found = keruen("check", kz, "--json").json
    assert [(one["severity"], one["key"]) for one in found] == [
        ("error", "retry.timeout"),
        ("error", "route[1].hours"),
    ]
    assert all(one["file"] and one["line"] for one in found)


def test_check_of_a_good_node_says_with_whom_it_exchanges(kz: Path) -> None:
    answer = keruen("check", kz)
    assert answer.code == 0
    assert "exchanges with TJ; agreements: kz-tj" in answer.out
    assert "is valid until" in answer.out
    assert keruen("check", kz, "--json").json == []


def test_a_node_with_a_mistake_does_not_run(kz: Path) -> None:
    (kz / "partners" / "TJ.toml").write_text("country = 'TJ'")
    answer = keruen("run", kz)
    assert answer.code == 2
    assert "card-invalid" in answer.err


# --- card -----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def stranger(pristine: Path) -> Path:
    """Another node of Tajikistan, with other keys."""
    return make_node(pristine.with_name("stranger") / "tj", "TJ", "KZ")


@pytest.fixture
def other(stranger: Path, tmp_path: Path) -> Path:
    """Its card in a file."""
    path = tmp_path / "other.toml"
    path.write_text(write_card(directory.load(stranger).card))
    return path


def prints(root: Path) -> list[str]:
    keys = directory.load(root).keys
    return [keys.signing.certificate.fingerprint, keys.decryption.certificate.fingerprint]


def test_a_card_is_printed_and_taken_after_asking(kz: Path, tj: Path, tmp_path: Path) -> None:
    (kz / "partners" / "TJ.toml").unlink()
    card = tmp_path / "TJ.toml"
    card.write_text(keruen("card", tj).out)

    no = keruen("card", kz, "--add", card, given="n\n")
    assert no.code == 3
    assert all(one in no.out for one in prints(tj))
    assert "Nothing was changed" in no.err
    assert not list((kz / "partners").iterdir())

    yes = keruen("card", kz, "--add", card, given="y\n")
    assert yes.code == 0
    assert "over another channel?" in yes.err
    assert "Added:" in yes.out

    again = keruen("card", kz, "--add", card)
    assert again.code == 0
    assert "is there already" in again.out


def test_a_question_that_nobody_answers_changes_nothing(kz: Path, other: Path) -> None:
    before = (kz / "partners" / "TJ.toml").read_text()
    answer = keruen("card", kz, "--add", other, given="")
    assert answer.code == 3
    assert answer.err.endswith("keruen: stopped\n")
    assert (kz / "partners" / "TJ.toml").read_text() == before


def test_replacing_a_card_is_said_and_asked(kz: Path, tj: Path, other: Path) -> None:
    before = (kz / "partners" / "TJ.toml").read_text()
    no = keruen("card", kz, "--add", other, given="y\nn\n")
    assert no.code == 3
    assert "It would replace" in no.out
    assert all(one in no.out for one in prints(tj))
    assert "Replace the card of TJ?" in no.err
    assert (kz / "partners" / "TJ.toml").read_text() == before

    unsaid = keruen("card", kz, "--add", other, "--yes")
    assert unsaid.code == 2
    assert "card-exists" in unsaid.err
    assert "--replace" in unsaid.err
    assert (kz / "partners" / "TJ.toml").read_text() == before

    yes = keruen("card", kz, "--add", other, "--yes", "--replace", "--json")
    assert yes.code == 0
    assert (yes.json["added"], yes.json["replaced"]) == (True, True)
    assert (kz / "partners" / "TJ.toml").read_text() == other.read_text()


def test_a_card_from_standard_input_needs_yes(kz: Path, other: Path) -> None:
    card = other.read_text()
    refused = keruen("card", kz, "--add", "-", given=card)
    assert refused.code == 2
    assert "cannot-ask" in refused.err
    assert "SHA" not in refused.err
    assert keruen("card", kz, "--add", "-", "--yes", "--replace", given=card).code == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is missing"),
        (b"\xff\xfe", "not-utf-8"),
        (b"x" * 2_000_000, "input-too-large"),
        (b'country = "../../x"', "ISO 3166"),
        (b"-----BEGIN PRIVATE KEY-----", "private key"),
    ],
)
def test_a_bad_card_is_refused(kz: Path, tmp_path: Path, content: bytes, said: str) -> None:
    card = tmp_path / "card.toml"
    card.write_bytes(content)
    answer = keruen("card", kz, "--add", card, "--yes")
    assert answer.code in {2, 3}
    assert said in answer.err
    assert "card.toml" in answer.err


def test_a_card_without_a_file_needs_no_yes(kz: Path) -> None:
    assert keruen("card", kz, "--yes").code == 2
    assert keruen("card", kz, "--json").json["signing"] == prints(kz)[:1]


# --- expected, arrive, status, schema ---------------------------------------------------------------


def test_an_unknown_post_lists_the_posts(kz: Path) -> None:
    for arguments in (
        ("expected", kz, "--post", "X"),
        ("arrive", kz, "--post", "X", "--vehicle", "1A"),
    ):
        answer = keruen(*arguments)
        assert answer.code in {2, 3}
        assert all(
            post in answer.out + answer.err for post in ("KZ-KON", "KZ-KAP", "KZ-KOR", "KZ-SAR")
        )


def test_nothing_expected_is_said(kz: Path) -> None:
    assert keruen("expected", kz, "--post", "KZ-KON").out == "Nothing is expected at KZ-KON.\n"
    assert keruen("expected", kz, "--post", "KZ-KON", "--json").json == []


ARRIVAL = {"post": "KZ-KON", "arrived": "2026-11-23T21:40:00+05:00", "vehicle": "A 123 BC"}
BAD_ARRIVALS = {
    "no json": b"hello",
    "not utf-8": b"\xff\xfe{}",
    "truncated": b'[{"post": "KZ-KON"',
    "wrong types": json.dumps([{**ARRIVAL, "seals": "one"}]).encode(),
    "misspelt": json.dumps([{**ARRIVAL, "seals_brokn": ["1"]}]).encode(),
    "no offset": json.dumps([{**ARRIVAL, "arrived": "2026-11-23T21:40:00"}]).encode(),
    "nothing said": json.dumps([{"post": "KZ-KON", "arrived": ARRIVAL["arrived"]}]).encode(),
    "negative": json.dumps([{**ARRIVAL, "weighbridge": -5}]).encode(),
    "a number": b"5",
    "deep": b"[" * 100_000,
    "second line": json.dumps(ARRIVAL).encode() + b"\n{}\n",
}


@pytest.mark.parametrize("name", BAD_ARRIVALS)
def test_bad_arrivals_are_refused_whole(kz: Path, tmp_path: Path, name: str) -> None:
    file = tmp_path / "arrivals.json"
    file.write_bytes(BAD_ARRIVALS[name])
    before = rows(kz)
    answer = keruen("arrive", kz, "--from", file)
    assert answer.code == 3
    assert answer.err.startswith("keruen: arrival-invalid: ")
    assert answer.err.count("\n") == 1
    assert rows(kz) == before


def test_a_mistake_in_a_line_is_told_with_its_line(kz: Path, tmp_path: Path) -> None:
    file = tmp_path / "arrivals.jsonl"
    file.write_bytes(BAD_ARRIVALS["second line"])
    assert "line 2" in keruen("arrive", kz, "--from", file).err


@pytest.mark.parametrize("content", ["[]", "", "\n"])
def test_no_arrivals_are_no_mistake(kz: Path, content: str) -> None:
    answer = keruen("arrive", kz, "--from", "-", given=content)
    assert answer.code == 0
    assert "Nothing was registered" in answer.out
    assert keruen("arrive", kz, "--from", "-", "--json", given=content).json == []


@pytest.mark.parametrize("form", ["array", "lines"])
def test_many_arrivals_are_registered(kz: Path, form: str) -> None:
    arrivals = [{**ARRIVAL, "vehicle": f"A {n} BC"} for n in range(3)]
    text = json.dumps(arrivals) if form == "array" else "\n".join(map(json.dumps, arrivals))
    answer = keruen("arrive", kz, "--from", "-", "--json", given=text)
    assert answer.code in {0, 1}
    assert [one["unannounced"] for one in answer.json] == [True] * 3


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--vehicle", "A1"],
        ["--from", "absent.json"],
        ["--from", "-", "--post", "KZ-KON"],
        ["--post", "KZ-KON", "--vehicle", "A1", "--weighbridge", "heavy"],
        ["--post", "KZ-KON", "--vehicle", "A1", "--weighbridge", "-1"],
        ["--post", "KZ-KON", "--vehicle", "A1", "--weighbridge", "nan"],
        ["--post", "KZ-KON", "--vehicle", "A1", "--arrived", "yesterday"],
        ["--post", "KZ-KON", "--vehicle", "A1", "--arrived", "2026-11-23T21:40"],
    ],
)
def test_a_wrong_arrive_is_wrong_use(kz: Path, options: list[str]) -> None:
    before = rows(kz)
    assert keruen("arrive", kz, *options, given="[]").code == 2
    assert rows(kz) == before


def test_an_arrival_at_a_post_alone_is_not_enough(kz: Path) -> None:
    answer = keruen("arrive", kz, "--post", "KZ-KON")
    assert answer.code == 3
    assert "names a vehicle" in answer.err


def test_status_says_what_the_line_could_not_do_and_no_secret(kz: Path, transit: Path) -> None:
    message = keruen("submit", kz, transit, "--json").json[0]["message_id"]
    with contextlib.closing(Store.open(directory.load(kz).database_url)) as store:
        store.write_now(lambda tx: tx.outbox_failed("KZ-TJ", message, "EBMS:0005: nobody"))
        assert f"failed: {message} to TJ: EBMS:0202, EBMS:0005: nobody" in keruen("status", kz).out
        store.write_now(lambda tx: tx.outbox_probable("KZ-TJ", message, "EBMS:4001: has it"))
    (failure,) = keruen("status", kz, "--json").json["failures"]
    assert (failure["state"], failure["reported"]) == ("probable", "EBMS:0301")
    assert "seed" not in failure


def test_status_counts(kz: Path, transit: Path) -> None:
    keruen("submit", kz, transit)
    counts = keruen("status", kz, "--json").json
    assert counts["country"] == "KZ"
    assert counts["consignments"] == {"released": 1}
    assert "released: 1" in keruen("status", kz).out


def test_what_is_queued_for_a_partner_without_card_is_said_to_wait(kz: Path, transit: Path) -> None:
    (kz / "partners" / "TJ.toml").unlink()
    answer = keruen("submit", kz, transit)
    assert answer.code == 1, "taken with a warning: it comes late"
    assert "There is no card of TJ yet" in answer.err


def test_every_schema_is_json_schema() -> None:
    for name in keruen("schema").out.split():
        found: Any = keruen("schema", name).json
        assert found["$schema"].endswith("2020-12/schema")
    assert keruen("schema", "--json").json == keruen("schema").out.split()


def test_a_declaration_is_converted_between_formats(transit: Path, tmp_path: Path) -> None:
    own = keruen("convert", transit)
    assert own.code == 0
    (tmp_path / "own.json").write_text(own.out)
    back = keruen("convert", tmp_path / "own.json", "--to", "esadout")
    assert "<ESADout_CU" in back.out
    assert keruen("convert", transit, "--coverage", "--json").json["unexplained"] == 0
    assert "leaves carried" in keruen("convert", transit, "--coverage").out


def test_a_spoilt_database_is_told(kz: Path) -> None:
    (kz / "keruen.db").write_bytes(b"no database at all, " * 500)
    answer = keruen("status", kz)
    assert answer.code == 2
    assert "database-unavailable" in answer.err
