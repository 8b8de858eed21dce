"""A tap made with the Singer SDK, of as many orders as its config says."""

from singer_sdk import Stream, Tap
from singer_sdk import typing as th


class Orders(Stream):
    name = "orders"
    primary_keys = ("id",)
    replication_key = None
    schema = th.PropertiesList(
        th.Property("id", th.IntegerType, required=True),
        th.Property("status", th.StringType),
        th.Property("amount", th.NumberType),
        th.Property("customer", th.ObjectType(th.Property("email", th.StringType))),
    ).to_dict()

    def get_records(self, context):
        for number in range(self.config["rows"]):
            email = f"customer-{number % 5000}@example.com"
            status = ("placed", "sent", "returned")[number % 3]
            yield {"id": number, "status": status, "amount": (number % 10000) / 100, "customer": {"email": email}}


class OrdersTap(Tap):
    name = "tap-orders"
    config_jsonschema = th.PropertiesList(th.Property("rows", th.IntegerType)).to_dict()

    def discover_streams(self):
        return [Orders(self)]


OrdersTap.cli()
