"""What dbt lists for the cases of a file, as one JSON document; see cases.json and dbt-ls.test.ts.

    python list-with-dbt.py PROJECT CASES
"""
import contextlib
import io
import json
import os
import shutil
import sys
import tempfile

os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "0"

from dbt.cli.main import dbtRunner  # noqa: E402

BUILT_IN = ("dbt", "dbt_duckdb")
MACRO_KEYS = ("unique_id", "package_name", "macro_sql", "depends_on", "original_file_path", "resource_type", "name")
UNUSED = ("created_at", "docs", "build_path", "compiled", "compiled_code", "extra_ctes", "extra_ctes_injected",
          "metadata", "unrendered_config_call_dict", "type_params", "source_file_path", "batch", "doc_blocks")


def invoke(folder, args, manifest=None):
    """Runs dbt in a folder, with what it prints kept apart."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.redirect_stderr(printed):
        here = os.getcwd()
        os.chdir(folder)
        try:
            result = dbtRunner(manifest=manifest).invoke(["--quiet", *args, "--profiles-dir", folder])
        finally:
            os.chdir(here)
    if result.exception is not None and args[0] != "ls":
        raise SystemExit(f"{args}: {result.exception}\n{printed.getvalue()}")
    return result


def trimmed(manifest):
    """A manifest.json with what selection and the comparison of states look at."""
    sections = ("nodes", "sources", "exposures", "metrics", "semantic_models", "saved_queries", "unit_tests")
    document = {
        "metadata": {"dbt_schema_version": manifest["metadata"]["dbt_schema_version"]},
        "project_name": manifest["metadata"]["project_name"],
        **{
            section: {
                key: {name: value for name, value in resource.items() if name not in UNUSED}
                for key, resource in manifest[section].items()
            }
            for section in sections
        },
        "macros": {
            key: {name: macro[name] for name in MACRO_KEYS}
            for key, macro in manifest["macros"].items()
            if macro["package_name"] not in BUILT_IN
        },
        "disabled": {key: [{"unique_id": key}] for key in manifest["disabled"]},
        "selectors": manifest["selectors"],
        "parent_map": manifest["parent_map"],
        "child_map": manifest["child_map"],
    }
    # The folder this ran in says nothing.
    for node in document["nodes"].values():
        node.pop("root_path", None)
    return document


def prepare(project, edits, home, name):
    folder = os.path.join(home, name)
    shutil.copytree(project, folder, ignore=shutil.ignore_patterns("target", "dbt_packages", "logs"))
    for path, edit in edits.items():
        file = os.path.join(folder, path)
        if edit is None:
            os.remove(file)
        elif isinstance(edit, str):
            with open(file, "w") as out:
                out.write(edit)
        else:
            with open(file) as source:
                text = source.read()
            assert edit[0] in text, (path, edit[0])
            with open(file, "w") as out:
                out.write(text.replace(edit[0], edit[1]))
    invoke(folder, ["deps"])
    manifest = invoke(folder, ["parse"]).result
    with open(os.path.join(folder, "target", "manifest.json")) as file:
        return folder, manifest, trimmed(json.load(file))


def listed(folder, manifest, args):
    result = invoke(folder, ["ls", "--output", "json", "--output-keys", "unique_id", *args], manifest)
    if result.exception is not None or result.result is None:
        return None
    return sorted(json.loads(line)["unique_id"] for line in result.result)


def main(project, cases_file):
    """`manifest` of a change holds what differs of each section, `gone` what each no longer has."""
    with open(cases_file) as file:
        given = json.load(file)
    with tempfile.TemporaryDirectory() as home:
        folder, parsed, manifest = prepare(project, {}, home, "before")
        cases = [{"args": args, "listed": listed(folder, parsed, args)} for args in given["cases"]]
        keys = ["unique_id", "description", "fqn"]
        outputs = {
            form: invoke(folder, ["ls", "--resource-type", "all", "--output", form], parsed).result
            for form in ("selector", "name", "path", "json")
        }
        outputs["keys"] = invoke(folder, ["ls", "--output", "json", "--output-keys", *keys], parsed).result
        state = os.path.join(home, "before", "target")
        for name, document in given["state"].items():
            with open(os.path.join(state, name), "w") as out:
                json.dump(document, out)
        changes = []
        for change in given["changes"]:
            changed, parsed, after = prepare(project, change["edits"], home, change["name"])
            for name, document in given["current"].items():
                with open(os.path.join(changed, "target", name), "w") as out:
                    json.dump(document, out)
            changes.append({
                "name": change["name"],
                "manifest": {
                    section: entries
                    if not isinstance(entries, dict) or section in ("parent_map", "child_map")
                    else {key: value for key, value in entries.items() if manifest[section].get(key) != value}
                    for section, entries in after.items()
                },
                "gone": {
                    section: sorted(key for key in entries if key not in after[section])
                    for section, entries in manifest.items()
                    if isinstance(entries, dict) and section not in ("parent_map", "child_map", "metadata")
                },
                "cases": [
                    {"args": args, "listed": listed(changed, parsed, [*args, "--state", state])}
                    for args in given["stateCases"]
                ],
            })
    one_line = lambda value: json.dumps(value, sort_keys=True, separators=(",", ":"))  # noqa: E731
    print('{"manifest":' + one_line(manifest) + ',\n"cases":[\n' + ",\n".join(map(one_line, cases)) + '\n],')
    print('"outputs":' + one_line(outputs) + ',\n"changes":[')
    for index, change in enumerate(changes):
        listings = change.pop("cases")
        print("," * (index > 0) + one_line(change)[:-1] + ',"cases":[\n' + ",\n".join(map(one_line, listings)) + "\n]}")
    print("]}")


main(os.path.abspath(sys.argv[1]), sys.argv[2])
