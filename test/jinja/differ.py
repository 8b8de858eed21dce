"""python differ.py FIRST COUNT: what CPython's Jinja2 makes of the templates of COUNT seeds, one JSON object a line.

Templates that ask for more than a second or a gigabyte (a text times a billion) are left out.
"""

import importlib.util
import json
import pathlib
import resource
import signal
import sys

HERE = pathlib.Path(__file__).parent


def load(name):
    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TooLong(BaseException):
    """No Exception: what runs the templates catches those."""


def stop(*_):
    raise TooLong


def main():
    signal.signal(signal.SIGALRM, stop)
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    golden, generate = load("make-golden"), load("generate")
    first, count = int(sys.argv[1]), int(sys.argv[2])
    shared = {key: golden.plain(value) for key, value in generate.CONTEXT.items()}
    print(json.dumps({"generatedContext": shared}))
    for seed in range(first, first + count):
        template, context = generate.template(seed)
        signal.setitimer(signal.ITIMER_REAL, 1)
        try:
            outcome = golden.run("generated", template, context)
        except (TooLong, MemoryError):
            continue
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        text = outcome.get("expected", "")
        if len(text) < 10000 and not golden.unlike(text):
            del outcome["context"]
            print(json.dumps({"seed": seed, **outcome}))


if __name__ == "__main__":
    main()
