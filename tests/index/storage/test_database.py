"""A catalog file is read by many threads at once, each reading of one state, and changed whole."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.storage.database import Database

THREADS = 6
SECONDS = 20  # after which threads that should meet are taken not to


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalog.sqlite"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    opened = Database(file)
    put(opened, "first")
    yield opened
    opened.close()


@pytest.fixture
def other(file: Path) -> Iterator[Database]:
    """Open the file a second time, as another process does."""
    opened = Database(file)
    yield opened
    opened.close()


def put(database: Database, key: str) -> None:
    with database.transaction() as connection:
        insert(connection, key)


def insert(connection: sqlite3.Connection, key: str) -> None:
    connection.execute("INSERT INTO meta VALUES (?, '')", (key,))


def put_and_fail(database: Database, key: str) -> None:
    with database.transaction() as connection:
        insert(connection, key)
        connection.execute("DELETE FROM meta WHERE key = 'first'")
        raise KeyError(key)


def put_both(database: Database, first: str, second: str) -> None:
    with database.transaction() as connection:
        insert(connection, first)
        insert(connection, second)


def read_and_fail(database: Database) -> None:
    with database.reading():
        raise KeyError(*keys(database))


def read_nothing(database: Database) -> None:
    with database.reading():
        pass


def keys(database: Database) -> list[str]:
    return [key for (key,) in database.rows("SELECT key FROM meta ORDER BY key")]


def test_what_was_committed_is_there_when_the_file_is_opened_again(
    file: Path, database: Database
) -> None:
    put(database, "second")
    database.close()
    again = Database(file)
    assert keys(again) == ["first", "second"]
    again.close()


def test_query_takes_its_values_in_their_order(database: Database) -> None:
    assert database.rows("SELECT ?, ?", 1, "a") == [(1, "a")]


def test_row_is_the_first_of_all(database: Database) -> None:
    put(database, "second")
    query = "SELECT key, value FROM meta ORDER BY key DESC"
    assert database.row(query) == ("second", "")


def test_row_is_none_where_there_are_none(database: Database) -> None:
    assert database.row("SELECT key FROM meta WHERE key = ?", "absent") is None


def test_queries_see_what_another_committed_between_them(
    database: Database, other: Database
) -> None:
    put(other, "second")
    assert keys(database) == ["first", "second"]


def test_reading_sees_one_state_while_another_commits(database: Database, other: Database) -> None:
    with database.reading():
        before = keys(database)
        put(other, "second")
        assert keys(database) == before == ["first"]
    assert keys(database) == ["first", "second"]


def test_reading_sees_one_state_while_another_thread_commits(database: Database) -> None:
    with database.reading(), ThreadPoolExecutor(1) as thread:
        before = keys(database)
        thread.submit(put, database, "second").result(SECONDS)
        assert keys(database) == before == ["first"]
    assert keys(database) == ["first", "second"]


def test_reading_of_one_thread_is_not_that_of_another(database: Database, other: Database) -> None:
    with database.reading(), ThreadPoolExecutor(1) as thread:
        assert keys(database) == ["first"]
        put(other, "second")
        assert thread.submit(keys, database).result(SECONDS) == ["first", "second"]


def test_end_of_a_reading_within_leaves_the_state_of_the_one_around(
    database: Database, other: Database
) -> None:
    with database.reading():
        with database.reading():
            assert keys(database) == ["first"]
        put(other, "second")
        with database.reading():
            assert keys(database) == ["first"]
        assert keys(database) == ["first"]
    assert keys(database) == ["first", "second"]


def test_reading_that_raises_ends_all_the_same(database: Database, other: Database) -> None:
    with pytest.raises(KeyError, match="first"):
        read_and_fail(database)
    put(other, "second")
    assert keys(database) == ["first", "second"]


def test_reading_within_a_transaction_sees_its_changes(database: Database) -> None:
    with database.transaction() as connection:
        insert(connection, "second")
        with database.reading():
            assert keys(database) == ["first", "second"]


def test_reading_within_a_transaction_undoes_nothing(database: Database, other: Database) -> None:
    with database.transaction() as connection:
        insert(connection, "second")
        with database.reading():
            keys(database)
        insert(connection, "third")
    assert keys(other) == ["first", "second", "third"]


def test_others_see_changes_only_when_the_transaction_has_ended(
    database: Database, other: Database
) -> None:
    with database.transaction() as connection:
        insert(connection, "second")
        assert keys(database) == ["first", "second"]
        assert keys(other) == ["first"]
    assert keys(other) == ["first", "second"]


def test_threads_read_while_one_is_changing(database: Database) -> None:
    with database.transaction() as connection, ThreadPoolExecutor(1) as thread:
        insert(connection, "second")
        assert thread.submit(keys, database).result(SECONDS) == ["first"]


def test_threads_read_at_once(database: Database) -> None:
    all_reading = threading.Barrier(THREADS)

    def read(_: int) -> list[str]:
        with database.reading():
            before = keys(database)
            all_reading.wait(SECONDS)
            return before + keys(database)

    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(read, range(THREADS))) == [["first", "first"]] * THREADS


def test_threads_change_one_after_another(database: Database) -> None:
    def count_up(_: int) -> None:
        for _ in range(20):
            with database.transaction() as connection:
                ((most,),) = database.rows("SELECT count(*) FROM meta WHERE key LIKE 'n%'")
                insert(connection, f"n{most}")

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(count_up, range(THREADS)))
    assert set(keys(database)) == {"first"} | {f"n{n}" for n in range(20 * THREADS)}


def test_transaction_that_raises_changes_nothing(database: Database, other: Database) -> None:
    with pytest.raises(KeyError, match="second"):
        put_and_fail(database, "second")
    assert (keys(database), keys(other)) == (["first"], ["first"])


def test_statement_that_fails_undoes_those_before_it(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        put_both(database, "second", "first")
    assert keys(database) == ["first"]


def test_transaction_after_one_that_raised_takes_effect(
    database: Database, other: Database
) -> None:
    with pytest.raises(KeyError, match="second"):
        put_and_fail(database, "second")
    put(database, "third")
    assert keys(other) == ["first", "third"]


@pytest.mark.parametrize("use", [keys, read_nothing, lambda database: put(database, "second")])
def test_use_after_closing_is_refused(database: Database, use: Callable[[Database], None]) -> None:
    database.close()
    with pytest.raises(sqlite3.ProgrammingError) as raised:
        use(database)
    assert str(raised.value) == "the catalog was closed"


def test_threads_that_come_after_closing_are_refused(database: Database) -> None:
    database.close()
    with ThreadPoolExecutor(1) as thread:
        failed = thread.submit(keys, database).exception(SECONDS)
    assert isinstance(failed, sqlite3.ProgrammingError)


def test_closing_twice_is_closing_once(file: Path, database: Database) -> None:
    database.close()
    database.close()
    again = Database(file)
    assert keys(again) == ["first"]
    again.close()


def test_reading_that_begins_a_change_sees_it_and_loses_nothing(database: Database) -> None:
    with database.transaction() as connection, database.reading():
        connection.execute("INSERT INTO meta VALUES ('key', 'value')")
        assert database.row("SELECT value FROM meta WHERE key = 'key'") == ("value",)
    assert database.row("SELECT value FROM meta WHERE key = 'key'") == ("value",)


def test_change_within_a_reading_or_another_change_is_a_mistake(database: Database) -> None:
    for around in (database.reading, database.transaction):
        with around(), pytest.raises(AssertionError), database.transaction():
            pass


def test_catalog_made_without_the_last_index_gets_it_when_it_is_opened(
    file: Path, database: Database
) -> None:
    with database.transaction() as connection:
        connection.execute("DROP INDEX facts_at_places")
    database.close()
    again = Database(file)
    assert again.row("SELECT 1 FROM sqlite_master WHERE name = 'facts_at_places'")
    assert keys(again) == ["first"]
    again.close()


def test_pages_of_a_catalog_that_was_made_without_their_words_get_them(file: Path) -> None:
    made = Database(file)
    with made.transaction() as connection:
        for table in ("page_words", "pages"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DROP INDEX facts_on_pages")
        connection.execute("CREATE INDEX facts_of_source ON facts (source_id, page)")
        connection.execute(
            "CREATE TABLE pages (source_id TEXT NOT NULL, number INTEGER NOT NULL,"
            " label TEXT NOT NULL, text TEXT NOT NULL, blocks BLOB NOT NULL, repairs TEXT NOT NULL,"
            " recognition TEXT NOT NULL, PRIMARY KEY (source_id, number))"
        )
        for number, text in ((1, "Mine of Kvanefjeld"), (2, "芒廷帕斯")):
            connection.execute(
                "INSERT INTO pages VALUES ('one', ?, 'i', ?, x'00', '[]', '')", (number, text)
            )
    made.close()
    for _ in range(2):
        opened = Database(file)
        found = opened.rows("SELECT rowid FROM page_words WHERE page_words MATCH 'kvane*'")
        assert found == opened.rows("SELECT rowid FROM pages WHERE number = 1")
        rows = opened.rows("SELECT source_id, number, label, text, blocks, repairs FROM pages")
        assert rows == [
            ("one", 1, "i", "Mine of Kvanefjeld", b"\0", "[]"),
            ("one", 2, "i", "芒廷帕斯", b"\0", "[]"),
        ]
        names = {name for (name,) in opened.rows("SELECT name FROM sqlite_master")}
        assert {"facts_on_pages", "pages_in_east_asian", "facts_of_no_measure"} <= names
        assert not {"pages_alone", "facts_of_source"} & names
        opened.close()


def test_names_of_a_catalog_that_was_made_without_measures_get_them(file: Path) -> None:
    made = Database(file)
    with made.transaction() as connection:
        connection.execute("DROP TABLE fact_names")
        connection.execute("DROP INDEX facts_of_segments")
        connection.execute(
            "CREATE TABLE fact_names (key TEXT NOT NULL, fact INTEGER NOT NULL,"
            " PRIMARY KEY (key, fact)) WITHOUT ROWID"
        )
        connection.execute("CREATE INDEX names_of_fact ON fact_names (fact)")
        for row, measure, year in ((1, "price", 2024), (2, "", None)):
            connection.execute(
                "INSERT INTO facts VALUES (?, 'one', 1, ?, '', ?, ?, '', '', '', '{}')",
                (row, measure, year, year),
            )
            connection.execute("INSERT INTO fact_names VALUES ('china', ?)", (row,))
    made.close()
    for _ in range(2):
        opened = Database(file)
        rows = opened.rows("SELECT key, measure, last_year, fact FROM fact_names ORDER BY fact")
        assert rows == [("china", "price", 2024, 1), ("china", "", 0, 2)]
        names = {name for (name,) in opened.rows("SELECT name FROM sqlite_master")}
        assert {"names_of_fact", "facts_of_segments", "facts_at_places"} <= names
        assert "names_alone" not in names
        opened.close()
