"""python dlt-postgres.py URL SCHEMA TABLE FOLDER: loads a table into a new DuckDB file as dlt does by default; prints seconds."""

import os
import sys
import time

url, schema, table, folder = sys.argv[1:5]
os.environ["DLT_DATA_DIR"] = folder
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
os.environ["RUNTIME__LOG_LEVEL"] = "ERROR"

import dlt  # noqa: E402 - after the environment that it reads
from dlt.sources.sql_database import sql_database  # noqa: E402

started = time.perf_counter()
pipeline = dlt.pipeline(
    pipeline_name="peer",
    pipelines_dir=folder,
    destination=dlt.destinations.duckdb(os.path.join(folder, "warehouse.duckdb")),
    dataset_name="loaded",
)
pipeline.run(sql_database(url, schema=schema, table_names=[table]))
print(time.perf_counter() - started)
