"""python real-dbt.py PROJECT FILE: what dbt itself makes of a project, as one JSON object in FILE.

It holds the artifacts of a build, of `docs generate` and of `source freshness` after it, and the JSON Schemas that
dbt-core publishes, as the installed version generates them.
"""

import json
import os
import pathlib
import sys

from dbt.artifacts.schemas.catalog import CatalogArtifact
from dbt.artifacts.schemas.freshness import FreshnessExecutionResultArtifact
from dbt.artifacts.schemas.manifest import WritableManifest
from dbt.artifacts.schemas.run import RunResultsArtifact
from dbt.cli.main import dbtRunner

FILES = ["manifest", "run_results", "graph_summary", "semantic_manifest", "catalog", "sources"]


def artifacts(target):
    found = {}
    for name in FILES:
        path = target / f"{name}.json"
        if path.exists():
            found[name] = json.loads(path.read_text())
    return found


project = pathlib.Path(sys.argv[1])
os.chdir(project)
runner = dbtRunner()
told = {}
for step in (["build"], ["docs", "generate"], ["source", "freshness"]):
    runner.invoke([*step, "--quiet", "--no-partial-parse", "--project-dir", str(project), "--profiles-dir", str(project)])
    told[" ".join(step)] = artifacts(project / "target")
schemas = {
    "manifest": WritableManifest,
    "run_results": RunResultsArtifact,
    "catalog": CatalogArtifact,
    "sources": FreshnessExecutionResultArtifact,
}
told["schemas"] = {name: kind.json_schema() for name, kind in schemas.items()}
pathlib.Path(sys.argv[2]).write_text(json.dumps(told))
