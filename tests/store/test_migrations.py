"""The schema: made from empty, once, whoever comes first; the same as the tables in the program."""

from __future__ import annotations

import subprocess
import sys
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from tests.store import samples

from keruen.errors import UsageError
from keruen.store import Store, schema
from keruen.store.migrate import HEAD
from keruen.store.upgrading import configuration

OPEN = "import sys; from keruen.store import Store; Store.open(sys.argv[1]).close()"


def test_the_migrated_schema_is_the_programs(empty_url: str) -> None:
    Store.open(empty_url).close()
    engine = create_engine(empty_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        assert compare_metadata(context, schema.metadata) == []
    engine.dispose()


def test_a_database_of_this_release_is_opened_without_alembic(empty_url: str) -> None:
    assert ScriptDirectory.from_config(configuration()).get_current_head() == HEAD
    Store.open(empty_url).close()
    seen = f"{OPEN}; sys.exit('alembic' in sys.modules)"
    subprocess.run([sys.executable, "-c", seen, empty_url], check=True)


def test_opening_again_changes_nothing(empty_url: str) -> None:
    first = Store.open(empty_url)
    first.write_now(lambda tx: tx.add_message(samples.message()))
    first.write_now(lambda tx: tx.add_envelope(samples.envelope()))
    first.close()
    second = Store.open(empty_url)
    assert second.read(lambda reader: reader.messages()) == [samples.message()]
    assert second.read(lambda reader: reader.evidence_head())[0] == 1
    second.close()


def test_processes_that_open_an_empty_database_at_once_take_turns(empty_url: str) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", OPEN, empty_url], stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    errors = [process.communicate(timeout=60)[1].decode() for process in processes]
    assert [process.returncode for process in processes] == [0] * 3, errors
    store = Store.open(empty_url)
    assert store.read(lambda reader: reader.evidence_head())[0] == 0
    store.close()


def test_threads_that_open_an_empty_database_at_once_take_turns(empty_url: str) -> None:
    stores: list[Store] = []
    threads = [
        threading.Thread(target=lambda: stores.append(Store.open(empty_url))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores) == 6
    for store in stores:
        store.close()


def test_a_database_of_a_newer_release_is_not_touched(empty_url: str) -> None:
    Store.open(empty_url).close()
    engine = create_engine(empty_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(UsageError, match="database-newer"):
        Store.open(empty_url)


@pytest.mark.parametrize("url", ["mysql://localhost/keruen", "sqlite://", "keruen.db"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match="database-unknown"):
        Store.open(url)


def test_a_database_that_cannot_be_opened_is_said_to_be(sqlite_url: str) -> None:
    nowhere = sqlite_url.replace("keruen.db", "missing/keruen.db")
    for url in (nowhere, "postgresql+psycopg://user:secret@localhost:1/keruen"):
        with pytest.raises(UsageError, match="database-unavailable") as caught:
            Store.open(url)
        assert "secret" not in str(caught.value) + (caught.value.detail or "")


def test_sqlite_keeps_what_it_acknowledged(sqlite_url: str) -> None:
    store = Store.open(sqlite_url)

    def pragma(name: str) -> object:
        return store.write_now(lambda tx: tx._connection.exec_driver_sql(f"PRAGMA {name}").scalar())

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2  # FULL
    store.close()
