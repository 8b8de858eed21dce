"""Writes golden.json: what CPython's Jinja2 makes of every case in cases/*.py and of generated templates.

Run it with Jinja2 3.1.6 installed:  python3 test/jinja/make-golden.py
The environment is dbt's: do and loopcontrols, undefined left at its default, no trailing newline kept.
"""

import importlib.util
import json
import pathlib
import sys
import warnings

import jinja2

HERE = pathlib.Path(__file__).parent
# Of the generated templates, keep this many that render and this many that fail.
RENDERED, FAILED = 900, 150

warnings.simplefilter("ignore", SyntaxWarning)




def environment():
    return jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"])


def plain(value):
    """A context value as JSON, with tags for what JSON lacks."""
    if isinstance(value, bool) or value is None or isinstance(value, (int, str)):
        return value
    if isinstance(value, float):
        return {"$float": repr(value)}
    if isinstance(value, tuple):
        return {"$tuple": [plain(item) for item in value]}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {"$dict": [[plain(key), plain(item)] for key, item in value.items()]}
    raise TypeError(type(value))


def run(theme, template, context):
    golden = {"theme": theme, "template": template}
    if context:
        golden["context"] = {key: plain(value) for key, value in context.items()}
    try:
        golden["expected"] = environment().from_string(template).render(**context)
    except jinja2.TemplateSyntaxError:
        golden["error"] = "syntax"
    except SyntaxError:
        golden["error"] = "syntax"
    except jinja2.UndefinedError:
        golden["error"] = "undefined"
    except Exception:
        golden["error"] = "value"
    return golden


def unlike(text):
    """Addresses differ from run to run; escaped text is a plain string in src/jinja."""
    return " at 0x" in text or "markup(" in text.lower()


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    if jinja2.__version__ != "3.1.6":
        sys.exit(f"Jinja2 3.1.6 is the reference, not {jinja2.__version__}")
    goldens = []
    for path in sorted((HERE / "cases").glob("*.py")):
        for case in load(path).CASES:
            template, context = case if isinstance(case, tuple) else (case, {})
            goldens.append(run(path.stem, template, context))
    generator = load(HERE / "generate.py")
    wanted = {True: RENDERED, False: FAILED}
    seed = 0
    while any(wanted.values()):
        template, context = generator.template(seed)
        seed += 1
        golden = run("generated", template, context)
        del golden["context"]
        rendered = "expected" in golden
        if wanted[rendered] and not unlike(golden.get("expected", "")):
            wanted[rendered] -= 1
            goldens.append(golden)
    shared = {key: plain(value) for key, value in generator.CONTEXT.items()}
    lines = ",\n".join(json.dumps(golden, ensure_ascii=True) for golden in goldens)
    text = f'{{"generatedContext": {json.dumps(shared)},\n"cases": [\n{lines}\n]}}\n'
    (HERE / "golden.json").write_text(text)
    errors = sum("error" in golden for golden in goldens)
    print(f"{len(goldens)} goldens, {errors} of them errors")


if __name__ == "__main__":
    main()
