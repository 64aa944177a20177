"""Seats by Spark and apportion, on as many machines as it has: `python spark_seats.py FOLDER OUT.csv [MASTER]`.

Each district is one group, wherever its votes were counted; the machines need the package `apportion`.
"""

import sys

import pandas as pd
from pyspark.sql import SparkSession
from pyspark.sql import functions as sql

folder, out, *master = sys.argv[1:]
# Two executors with a core and 1,024 MB each, as processes of their own, unless told otherwise.
spark = SparkSession.builder.master(*master or ["local-cluster[2,1,1024]"]).appName("apportion").getOrCreate()


def seats(district: pd.DataFrame) -> pd.DataFrame:
    import apportion

    district = district.sort_values("party")
    answer = apportion.allocate(district["votes"].tolist(), int(district["house"].iloc[0]), "dhondt")
    tied = [row in answer.tied for row in range(len(district))]
    return district[["party", "votes"]].assign(seats=answer.certain, tied=tied)


results, houses = spark.read.parquet(f"{folder}/results"), spark.read.parquet(f"{folder}/houses")
sums = results.groupBy("district", "party").agg(sql.sum("votes").alias("votes")).join(houses, "district")
placed = sums.groupBy("district").applyInPandas(seats, "party string, votes long, seats long, tied boolean")
totals = placed.groupBy("party").agg(
    sql.sum("votes").alias("votes"), sql.sum("seats").alias("seats"), sql.count_if("tied").alias("tied")
)
totals.orderBy("party").toPandas().to_csv(out, index=False)
spark.stop()
