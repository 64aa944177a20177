"""Seats by DataFusion and apportion: `python datafusion_seats.py FOLDER OUT.csv`."""

import sys

import apportion
from datafusion import SessionContext
from pyarrow.csv import write_csv

folder, out = sys.argv[1:]
context = SessionContext()
context.register_parquet("results", f"{folder}/results/")
context.register_parquet("houses", f"{folder}/houses/")
sums = context.sql("""
    select district, party, sum(votes) as votes, min(house) as house
    from results join houses using (district)
    group by district, party order by district, party
""")
# The seats that are certain, and a mark where a tie leaves one open.
placed = apportion.allocate_table(sums, "house", "dhondt").certain
context.from_arrow(placed, name="placed")
totals = context.sql("""
    select arrow_cast(party, 'Utf8') as party, sum(votes) as votes, sum(seats) as seats, sum(tied::bigint) as tied
    from placed group by party order by party
""")
write_csv(totals.to_arrow_table(), out)
