"""Writes golden.json: what real dbt makes of the project beside this file; and fixtures.json: of those of test/dbt-projects below.

    python3 -m venv .venv && .venv/bin/pip install dbt-core~=1.10.0 dbt-duckdb~=1.10.0
    .venv/bin/python test/dbt/parse/real-dbt.py
"""
import json, os, shutil, subprocess, sys, tempfile
from pathlib import Path

here = Path(__file__).parent
FIXTURES = "semantics snapshots-check snapshots-timestamp test-configs unit-tests versions-and-access".split()
PROFILES = """fixture:
  target: dev
  outputs:
    dev: {type: duckdb, path: warehouse.duckdb, schema: analytics, threads: 1}
"""
SECTIONS = {
    "nodes": "resource_type name package_name path original_file_path fqn database schema alias relation_name checksum config "
    "unrendered_config tags description columns meta group docs patch_path raw_code refs sources depends_on contract access "
    "version latest_version deprecation_date primary_key constraints test_metadata column_name file_key_name attached_node index",
    "sources": "name package_name path original_file_path fqn database schema identifier relation_name source_name source_description "
    "source_meta loader loaded_at_field freshness quoting external description columns meta tags config patch_path",
    "exposures": "name fqn type owner maturity depends_on tags meta config refs sources",
    "unit_tests": "name fqn model given expect overrides version versions checksum config schema depends_on path",
    "docs": "name path original_file_path block_contents",
    "macros": "name path original_file_path macro_sql depends_on description arguments patch_path",
    "groups": "name owner description config",
    "metrics": "name fqn description label type type_params filter time_granularity meta tags config unrendered_config depends_on metrics "
    "group",
    "semantic_models": "name fqn model node_relation description label defaults entities measures dimensions depends_on refs config "
    "primary_entity group",
    "saved_queries": "name fqn query_params exports description label config unrendered_config group depends_on tags",
    "parent_map": None,
    "child_map": None,
}


def tidy(value, key=None):
    if isinstance(value, dict):
        tidied = {k: tidy(v, k) for k, v in value.items()}
        return {k: v for k, v in sorted(tidied.items()) if v not in (None, [], {}, "")}
    if isinstance(value, list):
        items = [tidy(item) for item in value]
        if key in ("tags", "refs", "sources", "nodes", "macros", "metrics"):
            items = sorted({json.dumps(item, sort_keys=True) for item in items})
        return items
    return value


def parsed(source):
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        shutil.copytree(source, project)
        if not (project / "profiles.yml").exists():
            (project / "profiles.yml").write_text(PROFILES)
        env = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
        dbt = str(Path(sys.executable).parent / "dbt")
        subprocess.run([dbt, "parse", "--no-partial-parse", "--profiles-dir", "."], cwd=project, env=env, check=True)
        return json.loads((project / "target/manifest.json").read_text())


def golden(manifest):
    result = {}
    for section, keys in SECTIONS.items():
        result[section] = {
            id: tidy({k: resource[k] for k in keys.split() if k in resource} if keys else resource, "nodes")
            for id, resource in sorted(manifest[section].items())
            if not id.startswith(("macro.dbt.", "macro.dbt_duckdb.", "doc.dbt."))
        }
    result["disabled"] = sorted(manifest["disabled"])
    result["group_map"] = {name: sorted(ids) for name, ids in manifest["group_map"].items()}
    return result


def write(name, result):
    (here / name).write_text(json.dumps(result, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    write("golden.json", golden(parsed(here / "project")))
    projects = here.parent.parent / "dbt-projects"
    write("fixtures.json", {name: golden(parsed(projects / name)) for name in FIXTURES})
