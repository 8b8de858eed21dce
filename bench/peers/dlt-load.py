"""python dlt-load.py KIND SOURCE FOLDER: loads a source into a new DuckDB file as dlt does by default; prints seconds of each load.

KIND: ndjson, csv, parquet (SOURCE is a file), api (SOURCE is a URL whose pages hold {"data": [...], "next": URL or null}), scd2
(SOURCE is two Parquet files with a comma between them, loaded one after the other).
"""

import os
import sys
import time

kind, source, folder = sys.argv[1:4]
os.environ["DLT_DATA_DIR"] = folder
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
os.environ["RUNTIME__LOG_LEVEL"] = "ERROR"

import dlt  # noqa: E402 - after the environment that it reads


def files(path, read, **options):
    from dlt.sources.filesystem import filesystem

    place, name = os.path.split(path)
    listed = filesystem(bucket_url="file://" + place, file_glob=name)
    return (listed | read(**options)).with_name("loaded")


def ndjson():
    from dlt.sources.filesystem import read_jsonl

    return files(source, read_jsonl)


def csv():
    from dlt.sources.filesystem import read_csv_duckdb

    return files(source, read_csv_duckdb, use_pyarrow=True)


def parquet(path=source, by_rows=False):
    from dlt.sources.filesystem import read_parquet

    return files(path, read_parquet, use_pyarrow=not by_rows)


def api():
    from dlt.sources.rest_api import rest_api_source

    return rest_api_source(
        {
            "client": {"base_url": source, "paginator": {"type": "json_link", "next_url_path": "next"}},
            "resources": [{"name": "orders", "endpoint": {"path": "orders", "data_selector": "data"}}],
        }
    )


def pipeline():
    return dlt.pipeline(
        pipeline_name="peer",
        pipelines_dir=folder,
        destination=dlt.destinations.duckdb(os.path.join(folder, "warehouse.duckdb")),
        dataset_name="loaded",
    )


def timed(load):
    started = time.perf_counter()
    load()
    print(time.perf_counter() - started)


if kind == "scd2":
    history = {"disposition": "merge", "strategy": "scd2"}
    for path in source.split(","):
        # Versions are told apart by a hash of each row, which Arrow's tables do not get.
        timed(lambda: pipeline().run(parquet(path, by_rows=True), write_disposition=history))
else:
    load = {"ndjson": ndjson, "csv": csv, "parquet": parquet, "api": api}[kind]
    timed(lambda: pipeline().run(load()))
