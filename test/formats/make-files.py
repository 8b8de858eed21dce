"""Writes random tables as ORC and Avro files, and prints their values as JSON: each a text as our readers give it, a
number for floating point, a list or object for what is nested, or null. Arguments: a seed and a folder."""

import datetime
import decimal
import json
import random
import sys

import fastavro
import pyarrow as pa
import pyarrow.orc as orc

seed, folder = int(sys.argv[1]), sys.argv[2]
chance = random.Random(seed)
ROWS = 3000
EPOCH = datetime.datetime(1970, 1, 1)


def whole(bits):
    """Runs, steps, outliers and noise: each kind of run of the format."""
    kind = chance.randrange(5)
    top = 2 ** (bits - 1)
    if kind == 0:
        return [chance.randrange(-top, top) for _ in range(ROWS)]
    if kind == 1:
        start, step = chance.randrange(-100, 100), chance.randrange(-3, 4)
        return [max(-top, min(top - 1, start + step * (row % 30))) for row in range(ROWS)]
    if kind == 2:
        return [top - 1 if chance.random() < 0.02 else chance.randrange(10) for _ in range(ROWS)]
    if kind == 3:
        return [chance.randrange(-(2 ** chance.randrange(1, bits)), 2 ** chance.randrange(1, bits)) // 2 for _ in range(ROWS)]
    return [row // chance.randrange(1, 40) % top for row in range(ROWS)]


def some(values):
    share = chance.choice([0, 0, 0.1, 0.9])
    return [None if chance.random() < share else value for value in values]


def word():
    return "".join(chance.choice("aé€𝒳 \"\\\n0") for _ in range(chance.randrange(8)))


words = [word() for _ in range(chance.randrange(1, 2000))]
moments = [EPOCH + datetime.timedelta(microseconds=chance.randrange(-10**15, 4 * 10**15)) for _ in range(ROWS)]
if chance.random() < 0.5:
    moments = [moment.replace(microsecond=moment.microsecond // 1000 * 1000) for moment in moments]
decimals = [decimal.Decimal(chance.randrange(-(10**14), 10**14)).scaleb(-4) for _ in range(ROWS)]
table = {
    "truth": some([chance.random() < 0.5 for _ in range(ROWS)]),
    "int": some(whole(32)),
    "long": some(whole(64)),
    "double": some([chance.choice([chance.random(), chance.gauss(0, 1e200), 0.0, 1e-7]) for _ in range(ROWS)]),
    "text": some([chance.choice(words) for _ in range(ROWS)]),
    "bytes": some([chance.randbytes(chance.randrange(5)) for _ in range(ROWS)]),
    "day": some([moment.date() for moment in moments]),
    "moment": some(moments),
    "amount": some(decimals),
    "list": some([[chance.choice(words) for _ in range(chance.randrange(4))] for _ in range(ROWS)]),
}

arrow = pa.table(
    {
        name: pa.array(values, kind)
        for (name, values), kind in zip(
            table.items(),
            [
                pa.bool_(),
                pa.int32(),
                pa.int64(),
                pa.float64(),
                pa.string(),
                pa.binary(),
                pa.date32(),
                pa.timestamp("us"),
                pa.decimal128(18, 4),
                pa.list_(pa.string()),
            ],
        )
    }
)
for codec in ["uncompressed", "zlib", "snappy", "lz4", "zstd"]:
    orc.write_table(
        arrow,
        f"{folder}/{codec}.orc",
        compression=codec,
        compression_block_size=65536,
        stripe_size=chance.choice([64 << 10, 64 << 20]),
        dictionary_key_size_threshold=chance.choice([0.0, 0.8, 1.0]),
        file_version=chance.choice(["0.11", "0.12"]),
    )


def nullable(kind):
    return ["null", kind]


def logical(kind, name, **more):
    return {"type": kind, "logicalType": name, **more}


kinds = [
    "boolean",
    "int",
    "long",
    "double",
    "string",
    "bytes",
    logical("int", "date"),
    logical("long", "local-timestamp-micros"),
    logical("bytes", "decimal", precision=18, scale=4),
    {"type": "array", "items": "string"},
]
schema = fastavro.parse_schema(
    {
        "type": "record",
        "name": "Row",
        "fields": [{"name": name, "type": nullable(kind)} for name, kind in zip(table, kinds)],
    }
)
rows = [dict(zip(table, values)) for values in zip(*table.values())]
for codec in ["null", "deflate", "snappy", "zstandard"]:
    with open(f"{folder}/{codec}.avro", "wb") as file:
        fastavro.writer(file, schema, rows, codec=codec, sync_interval=chance.choice([1000, 16000]))


def shown(value):
    if value is None or isinstance(value, (float, list)):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, bytes):
        return "\\x" + value.hex()
    if isinstance(value, decimal.Decimal):
        return f"{value:.4f}"
    return str(value)


print(json.dumps([[shown(value) for value in row.values()] for row in rows]))
