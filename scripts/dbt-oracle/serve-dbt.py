"""Runs dbt commands, one after another, each in a process of its own that has dbt imported already.

A request is a line of JSON: {"args": [...], "cwd": "...", "env": {...}, "output": "file"}. The answer is one too:
{"exitCode": n, "seconds": s}. What dbt prints goes to the file, and what
it prints on standard error to one beside it. The argument is the adapter.
"""

import importlib
import json
import os
import signal
import sys
import time

from dbt.cli.main import cli

# Imported by the first command otherwise, in each process again.
importlib.import_module("dbt.adapters." + sys.argv[1])
import dbt.task.build  # noqa: E402, F401


# dbt can wait for itself: microbatch models on one thread do.
MOST_SECONDS = 300


def run(request):
    signal.alarm(MOST_SECONDS)
    for stream, path in ((1, request["output"]), (2, request["output"] + ".errors")):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream)
    os.chdir(request["cwd"])
    os.environ.update(request["env"])
    # What these are for is what they print.
    quiet = ["--quiet"] if request["args"][0] in ("ls", "list", "show") else []
    sys.argv = ["dbt", *quiet, *request["args"]]
    try:
        cli()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException as error:  # dbt itself fell over
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        code = 2
    else:
        code = 0
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


for line in sys.stdin:
    request = json.loads(line)
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        run(request)
    _, status = os.waitpid(child, 0)
    answer = {"exitCode": os.waitstatus_to_exitcode(status), "seconds": time.perf_counter() - started}
    print(json.dumps(answer), flush=True)
