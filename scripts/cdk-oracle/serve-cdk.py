"""Reads streams of declarative manifests with airbyte-cdk, one after another.

A request is a line of JSON: {"manifest": {...}, "config": {...}, "stream": "name", "state": {...} or null}. The answer is
one too: {"records": [...], "state": {...} or null, "error": "..." or null}.
"""

import contextlib
import io
import json
import logging
import sys
import time

from airbyte_cdk.models import (
    AirbyteStateBlob,
    AirbyteStateMessage,
    AirbyteStateType,
    AirbyteStream,
    AirbyteStreamState,
    ConfiguredAirbyteCatalog,
    ConfiguredAirbyteStream,
    DestinationSyncMode,
    StreamDescriptor,
    SyncMode,
    Type,
)
from airbyte_cdk.sources.declarative.concurrent_declarative_source import ConcurrentDeclarativeSource

logging.disable(logging.CRITICAL)
# Waits are no part of what is compared.
sleep = time.sleep
time.sleep = lambda seconds: sleep(min(seconds, 0.02))


def read(request):
    name = request["stream"]
    mode = SyncMode.incremental
    catalog = ConfiguredAirbyteCatalog(
        streams=[
            ConfiguredAirbyteStream(
                stream=AirbyteStream(name=name, json_schema={}, supported_sync_modes=[SyncMode.full_refresh, mode]),
                sync_mode=mode,
                destination_sync_mode=DestinationSyncMode.append,
            )
        ]
    )
    state = request["state"]
    states = (
        [
            AirbyteStateMessage(
                type=AirbyteStateType.STREAM,
                stream=AirbyteStreamState(
                    stream_descriptor=StreamDescriptor(name=name), stream_state=AirbyteStateBlob(state)
                ),
            )
        ]
        if state
        else []
    )
    source = ConcurrentDeclarativeSource(
        catalog=catalog, config=request["config"], state=states, source_config=request["manifest"]
    )
    records, last = [], None
    for message in source.read(logging.getLogger("oracle"), request["config"], catalog, states):
        if message.type == Type.RECORD:
            records.append(message.record.data)
        elif message.type == Type.STATE:
            last = message.state.stream.stream_state.__dict__
    return records, last


for line in sys.stdin:
    answer = {"records": [], "state": None, "error": None}
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            answer["records"], answer["state"] = read(json.loads(line))
    except Exception as error:  # what it says is part of the answer
        answer["error"] = f"{type(error).__name__}: {error}"
    print(json.dumps(answer, default=str), flush=True)
