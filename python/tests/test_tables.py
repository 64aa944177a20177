"""Tables of pandas, Polars, Arrow and DuckDB, in and out."""

import numpy as np
import pytest
from apportion import ApportionError, TieError, allocate_groups, allocate_rows, allocate_table

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")

LONG = {"district": ["N", "N", "N", "S", "S"], "party": list("ABCAB"), "votes": [340, 280, 160, 90, 40]}
# The last party has more votes than a signed number can hold.
WIDE = {"A": np.array([340, 1]), "B": np.array([280, 9]), "C": np.array([160, 2**63], np.uint64)}
KINDS = [dict, pandas.DataFrame, polars.DataFrame, pyarrow.table, pyarrow.RecordBatch.from_pydict]


def column(table, name):
    return np.asarray(table[name]).tolist()


@pytest.mark.parametrize("build", KINDS)
def test_a_wide_table_comes_back_as_one_of_its_kind(build):
    given = build(WIDE)
    seats = allocate_rows(given, 7, "dhondt").seats
    assert type(seats) is type(given)
    assert [column(seats, name) for name in "ABC"] == [[3, 0], [3, 0], [1, 7]]
    assert column(given, "C") == [160, 2**63]


@pytest.mark.parametrize("build", KINDS)
def test_a_long_table_comes_back_with_its_seats_beside(build):
    given = build(LONG)
    placed = allocate_table(given, {"N": 7, "S": 3}, "dhondt").seats
    assert type(placed) is type(given)
    assert column(placed, "seats") == [3, 3, 1, 2, 1]
    assert column(placed, "tied") == [False] * 5
    assert column(placed, "party") == LONG["party"]
    assert allocate_groups(given["votes"], given["district"], 3, "hare").seats.tolist() == [1, 1, 1, 2, 1]


@pytest.mark.parametrize("build", KINDS)
def test_the_rows_of_an_open_tie_are_marked(build):
    answer = allocate_table(build({**LONG, "votes": [340, 280, 160, 90, 90]}), {"N": 7, "S": 3}, "dhondt")
    assert column(answer.certain, "seats") == [3, 3, 1, 1, 1]
    assert column(answer.certain, "tied") == [False, False, False, True, True]
    with pytest.raises(TieError, match=r"first 'S': 1 left among \[3, 4\]"):
        _ = answer.seats


def test_the_index_of_a_frame_is_kept():
    frame = pandas.DataFrame(WIDE, index=["May", "June"])
    assert list(allocate_rows(frame, 7, "dhondt").seats.index) == ["May", "June"]


def test_names_of_columns_and_seats_in_a_column_are_taken():
    frame = polars.DataFrame({"county": [1, 1, 2], "count": [6, 3, 5], "house": [3, 3, 1]})
    placed = allocate_table(frame, "house", "dhondt", group="county", votes="count", into="given", tied="open").seats
    assert placed.columns == ["county", "count", "house", "given", "open"] and column(placed, "given") == [2, 1, 1]


@pytest.mark.parametrize("build", KINDS)
def test_a_missing_vote_is_named(build):
    holed = build({**LONG, "votes": [340, 280, None, 90, 40]})
    with pytest.raises(TypeError, match=r"votes\[2\] is (nan|None)"):
        allocate_table(holed, 7, "dhondt")
    with pytest.raises(TypeError, match=r"column 'B'\[1\] is (nan|None)"):
        allocate_rows(build({"A": [1, 2], "B": [3, None]}), 7, "dhondt")


def test_missing_values_of_pandas_are_named():
    votes = pandas.Series([3, None], dtype="Int64")
    with pytest.raises(TypeError, match=r"votes\[1\] is (nan|<NA>)"):
        allocate_groups(votes, ["a", "b"], 1, "hare")
    assert allocate_groups(votes.fillna(4), ["a", "b"], 1, "hare").seats.tolist() == [1, 1]
    with pytest.raises(ApportionError, match="has no label"):
        allocate_groups([3, 4], pandas.Series(["a", None], dtype="string"), 1, "hare")


def test_a_column_that_is_not_there_or_there_already_is_named():
    with pytest.raises(ApportionError, match="no column 'votes'; its columns are 'district', 'count'"):
        allocate_table({"district": ["a"], "count": [3]}, 7, "dhondt")
    with pytest.raises(ApportionError, match="has a column 'seats' already"):
        allocate_table({**LONG, "seats": [7] * 5}, "seats", "dhondt")
    with pytest.raises(TypeError, match="a table must be a dict of columns, a frame or an Arrow stream, not list"):
        allocate_table([1, 2], 7, "dhondt")


def test_an_arrow_stream_is_read():
    duckdb = pytest.importorskip("duckdb")
    relation = duckdb.sql("select * from (values ('N', 340), ('N', 280), ('N', 160)) t(district, votes)")
    assert column(allocate_table(relation, 7, "dhondt").seats, "seats") == [3, 3, 1]
