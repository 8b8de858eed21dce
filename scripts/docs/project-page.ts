import { duckdbTarget, postgresTarget, waterworksFile } from '../../src/project/schema/waterworks-file.ts'
import { keyTable } from './key-table.ts'

/** docs/project.md: the folder of a project, and every key of waterworks.yml. */
export function projectPage(): string {
  return `# Projects

A project is a folder with a \`waterworks.yml\`, or a \`dbt_project.yml\`, or both.

\`\`\`
waterworks.yml        name, targets, defaults: below
pipelines/*.yml       files to tables: pipelines.md
models/               SQL with Jinja, and schema.yml files beside it, as dbt has them
macros/ tests/        as dbt has them; tests/*.sql are queries whose rows are failures
dbt_project.yml       optional, as dbt has it: paths, folder configuration, vars, profile
profiles.yml          optional, as dbt has it: targets, where waterworks.yml names none
.waterworks/          what the platform keeps (ignore it in git): state-and-events.md
\`\`\`

Without any target the project is built into an embedded DuckDB file, \`.waterworks/warehouse.duckdb\`.

Texts may take values from the environment: \`\${NAME}\`, \`\${NAME:-default}\` (when it is unset or empty), \`$\${NAME}\` for the text
itself. A target whose variables are not set is left out, unless it is the one asked for. Secrets in plain text are errors.
Parts of dbt that the platform does not have yet give a warning (WW1912) or an error (WW1211).

This page is generated from \`src/project/schema/\` by \`npm run docs\`.

## waterworks.yml

${keyTable(waterworksFile, [])}

## A DuckDB target

${keyTable(duckdbTarget, [])}

## A Postgres target

${keyTable(postgresTarget, [])}

## defaults

${keyTable(waterworksFile, ['defaults'])}
`
}
