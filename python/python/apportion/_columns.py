"""Columns and tables of other libraries, in and out by the protocols they share, without importing any of them.

A column is whatever numpy reads: a list, an array, a Series of pandas or Polars, an Arrow array. A table is a
dictionary of columns, a frame of pandas or Polars, a table of Arrow, or whatever hands out an Arrow stream.
"""

from __future__ import annotations

import operator
from collections.abc import Mapping
from importlib import import_module
from typing import Any

import numpy as np
import numpy.typing as npt

from ._apportion import ApportionError

Whole = npt.NDArray[np.uint64]


def whole(values: Any, what: str, dimensions: int = 1) -> Whole:
    """Whole numbers from 0 to 2^64 - 1; without a copy where they lie in a row as 64-bit integers."""
    array = np.asarray(values)
    if array.dtype.kind == "f" and isinstance(values, (list, tuple)):
        # numpy makes floats of integers beyond 2^63.
        array = np.array(values, dtype=object)
    if array.ndim != dimensions:
        raise TypeError(f"{what} must have {dimensions} dimension(s), not {array.ndim}")
    if array.dtype.kind == "O":
        return _of_objects(array, what)
    if array.dtype.kind not in "iu" and array.size > 0:
        raise TypeError(f"{what} must be whole numbers, not {array.dtype}{_first_unusable(array, what)}")
    if array.dtype.kind == "i" and array.size > 0 and array.min() < 0:
        first = int(np.flatnonzero(array < 0)[0])
        raise ApportionError(f"{what}[{_place(first, array.shape)}] is {array.flat[first]}, but must not be negative")
    wide = array if array.dtype.itemsize == 8 and array.dtype.kind in "iu" else array.astype(np.uint64)
    return np.ascontiguousarray(wide, dtype=wide.dtype.newbyteorder("=")).view(np.uint64)


def _of_objects(array: npt.NDArray[Any], what: str) -> Whole:
    """Python's integers, among which a missing value may hide."""
    out = np.empty(array.shape, np.uint64)
    for index, value in enumerate(array.flat):
        try:
            number = operator.index(value)
        except TypeError:
            raise TypeError(f"{what}[{_place(index, array.shape)}] is {value!r}, but must be a whole number") from None
        if not 0 <= number < 2**64:
            place = _place(index, array.shape)
            raise ApportionError(f"{what}[{place}] is {number}, but must be a whole number from 0 to 2^64 - 1")
        out.flat[index] = number
    return out


def _first_unusable(array: npt.NDArray[Any], what: str) -> str:
    """Floats are refused even where they are whole, as they may have been rounded; a missing value is named."""
    if array.dtype.kind != "f":
        return ""
    unusable = np.flatnonzero(~np.isfinite(array) | (array != np.floor(array)))
    if len(unusable) == 0:
        return ", which may have been rounded"
    return f": {what}[{_place(int(unusable[0]), array.shape)}] is {array.flat[unusable[0]]}"


def _place(index: int, shape: tuple[int, ...]) -> str:
    return ", ".join(str(at) for at in np.unravel_index(index, shape))


def table_of(table: Any) -> Any:
    """A table whose columns numpy can read."""
    if isinstance(table, Mapping) or (hasattr(table, "__array__") and _names_or_none(table) is not None):
        return table
    if not hasattr(table, "__arrow_c_stream__"):
        raise TypeError(f"a table must be a dict of columns, a frame or an Arrow stream, not {type(table).__name__}")
    # An Arrow stream of DuckDB, DataFusion and others is read by whichever reader is there.
    for module, reader in (("pyarrow", "table"), ("polars", "DataFrame")):
        try:
            return getattr(import_module(module), reader)(table)
        except ImportError:
            continue
    raise TypeError("an Arrow stream is read by pyarrow or Polars, and neither is installed")


def is_table(value: Any) -> bool:
    """Whether this has named columns."""
    return isinstance(value, Mapping) or _names_or_none(value) is not None or hasattr(value, "__arrow_c_stream__")


def names(table: Any) -> list[Any]:
    """The names of a table's columns."""
    return list(table) if isinstance(table, Mapping) else _names_or_none(table) or []


def _names_or_none(table: Any) -> list[Any] | None:
    found = getattr(table, "column_names", None)
    found = getattr(table, "columns", None) if found is None else found
    return None if found is None else list(found)


def column(table: Any, name: Any) -> Any:
    """A column by its name."""
    if name not in names(table):
        known = ", ".join(repr(name) for name in names(table))
        raise ApportionError(f"the table has no column {name!r}; its columns are {known}")
    return table[name]


def like(table: Any, columns: dict[Any, Whole]) -> Any:
    """A table of the kind of another, with these columns in the place of its own."""
    if isinstance(table, Mapping):
        return columns
    if hasattr(table, "index"):
        return type(table)(columns, index=table.index)
    build = getattr(type(table), "from_pydict", type(table))
    return build(columns)


def with_columns(table: Any, columns: dict[str, npt.NDArray[Any]]) -> Any:
    """A table with more columns."""
    if isinstance(table, Mapping):
        return {**table, **columns}
    if hasattr(table, "append_column"):
        added = type(table).from_pydict(columns)
        for name in columns:
            table = table.append_column(name, added[name])
        return table
    add = getattr(table, "assign", None) or table.with_columns
    return add(**columns)
