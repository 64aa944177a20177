"""Writes results of polling stations: `python generate.py ROWS FOLDER`.

40 parties stand in each of 400 districts, and each station has a row a party. FOLDER/results holds the votes as Parquet
files, FOLDER/houses the seats of each district. The same arguments write the same numbers.
"""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

PARTIES, DISTRICTS, FILES = 40, 400, 8


def main(rows: int, folder: Path) -> None:
    (folder / "results").mkdir(parents=True, exist_ok=True)
    (folder / "houses").mkdir(parents=True, exist_ok=True)
    districts = np.array([f"D{number:03}" for number in range(DISTRICTS)])
    parties = np.array([f"P{number:02}" for number in range(PARTIES)])
    chance = np.random.default_rng(2012)
    # How strong each party is in each district: the first ones mostly more so.
    strength = chance.integers(0, 900, (DISTRICTS, PARTIES)) // (1 + np.arange(PARTIES)) + 1
    for number, stations in enumerate(np.array_split(np.arange(rows // PARTIES), FILES)):
        station, party = np.repeat(stations, PARTIES), np.tile(np.arange(PARTIES), len(stations))
        district = station % DISTRICTS
        votes = chance.integers(0, 2 * strength[district, party])
        columns = {"station": station, "district": districts[district], "party": parties[party], "votes": votes}
        pq.write_table(pa.table(columns), folder / "results" / f"{number}.parquet")
    houses = {"district": districts, "house": chance.integers(5, 45, DISTRICTS)}
    pq.write_table(pa.table(houses), folder / "houses" / "0.parquet")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
