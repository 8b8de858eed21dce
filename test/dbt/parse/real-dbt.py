"""Writes golden.json: what real dbt makes of the project beside this file.

    python3 -m venv .venv && .venv/bin/pip install dbt-core~=1.10.0 dbt-duckdb~=1.10.0
    .venv/bin/python test/dbt/parse/real-dbt.py
"""
import json, os, shutil, subprocess, sys, tempfile
from pathlib import Path

here = Path(__file__).parent
SECTIONS = {
    "nodes": "resource_type name package_name path original_file_path fqn database schema alias relation_name checksum config "
    "unrendered_config tags description columns meta group docs patch_path raw_code refs sources depends_on contract access "
    "version latest_version deprecation_date primary_key constraints test_metadata column_name file_key_name attached_node index",
    "sources": "name package_name path original_file_path fqn database schema identifier relation_name source_name source_description "
    "source_meta loader loaded_at_field freshness quoting external description columns meta tags config patch_path",
    "exposures": "name fqn type owner maturity depends_on tags meta config refs sources",
    "unit_tests": "name fqn model given expect version schema depends_on path",
    "docs": "name path original_file_path block_contents",
    "macros": "name path original_file_path macro_sql depends_on description arguments patch_path",
    "groups": "name owner description",
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


with tempfile.TemporaryDirectory() as folder:
    shutil.copytree(here / "project", folder, dirs_exist_ok=True)
    env = {**os.environ, "DBT_SEND_ANONYMOUS_USAGE_STATS": "false"}
    dbt = str(Path(sys.executable).parent / "dbt")
    subprocess.run([dbt, "parse", "--no-partial-parse", "--profiles-dir", "."], cwd=folder, env=env, check=True)
    manifest = json.loads((Path(folder) / "target/manifest.json").read_text())

golden = {}
for section, keys in SECTIONS.items():
    golden[section] = {
        id: tidy({k: resource[k] for k in keys.split() if k in resource} if keys else resource, "nodes")
        for id, resource in sorted(manifest[section].items())
        if not id.startswith(("macro.dbt.", "macro.dbt_duckdb.", "doc.dbt."))
    }
golden["disabled"] = sorted(manifest["disabled"])
golden["group_map"] = {name: sorted(ids) for name, ids in manifest["group_map"].items()}
(here / "golden.json").write_text(json.dumps(golden, indent=1, sort_keys=True) + "\n")
