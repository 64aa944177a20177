"""Seats by DuckDB and apportion: `python duckdb_seats.py FOLDER OUT.csv`."""

import sys

import apportion
import duckdb

folder, out = sys.argv[1:]
sums = duckdb.sql(f"""
    select district, party, sum(votes)::bigint as votes, any_value(house) as house
    from '{folder}/results/*.parquet' join '{folder}/houses/*.parquet' using (district)
    group by district, party order by district, party
""")
# The seats that are certain, and a mark where a tie leaves one open.
placed = apportion.allocate_table(sums, "house", "dhondt").certain
duckdb.sql("""
    select party, sum(votes)::bigint as votes, sum(seats)::bigint as seats, sum(tied)::bigint as tied
    from placed group by party order by party
""").write_csv(out, header=True)
