"""A tap made with the Singer SDK, as most of today's taps are: two streams of hours, sorted by their replication key."""

from datetime import datetime, timedelta, timezone

from singer_sdk import Stream, Tap
from singer_sdk import typing as th

HOURS = 9000


class Hours(Stream):
    primary_keys = ("id",)
    replication_key = "hour"
    is_sorted = True
    schema = th.PropertiesList(
        th.Property("id", th.IntegerType, required=True),
        th.Property("hour", th.DateTimeType),
        th.Property("share", th.NumberType),
        th.Property("nested", th.ObjectType(th.Property("a", th.StringType))),
    ).to_dict()

    def get_records(self, context):
        start = self.get_starting_timestamp(context)
        for number in range(1, HOURS + 1):
            hour = datetime(2024, 1, 1, tzinfo=timezone.utc) + timedelta(hours=number)
            if start is None or hour >= start:
                yield {"id": number, "hour": hour.isoformat(), "share": number / 4, "nested": {"a": "x"}}


class First(Hours):
    name = "first"


class Second(Hours):
    name = "second"


class HoursTap(Tap):
    name = "tap-hours"
    config_jsonschema = th.PropertiesList(th.Property("token", th.StringType, secret=True)).to_dict()

    def discover_streams(self):
        return [First(self), Second(self)]


HoursTap.cli()
