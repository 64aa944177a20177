"""Seats by Polars and apportion: `python polars_seats.py FOLDER OUT.csv`."""

import sys

import apportion
import polars as pl

folder, out = sys.argv[1:]
sums = (
    pl.scan_parquet(f"{folder}/results/*.parquet")
    .group_by("district", "party")
    .agg(pl.col("votes").sum())
    .join(pl.scan_parquet(f"{folder}/houses/*.parquet"), on="district")
    .sort("district", "party")
    .collect(engine="streaming")
)
# The seats that are certain, and a mark where a tie leaves one open.
placed = apportion.allocate_table(sums, "house", "dhondt").certain
placed.group_by("party").agg(pl.col("votes", "seats", "tied").sum()).sort("party").write_csv(out)
