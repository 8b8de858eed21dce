import { modelName, pipelineName, type StarterTable } from '../starter-table.ts'

/** waterworks.yml of a starter project. */
export function waterworksText(name: string): string {
  return `# yaml-language-server: $schema=.waterworks/schemas/waterworks.json
name: ${name}

# The warehouse: a file that needs no server. Others go beside it; \`waterworks build --target NAME\` builds into them.
default_target: local
targets:
  local:
    type: duckdb
    path: .waterworks/warehouse.duckdb
`
}

export const GITIGNORE = `# What the platform keeps: warehouse, state, landing zone, logs
.waterworks/
# Passwords and the like
.env
node_modules/
`

export const ENV_EXAMPLE = `# Copy this file to .env, which git ignores, and fill it in. Project files read a variable as \${NAME}.
# What is set in the environment wins over .env.
# WAREHOUSE_PASSWORD=
`

/** README.md of a starter project. */
export function readmeText(name: string, tables: readonly StarterTable[]): string {
  const [first] = tables
  const rows = tables.map(
    (table) => `| ${table.name} | pipelines/${pipelineName(table)}.yml | ${modelName(table)} |`,
  )
  return `# ${name}

A data project for Waterworks, begun by \`waterworks init\`. It needs Node 24.

\`\`\`sh
npx waterworks build                    # load, build, check, publish
npx waterworks show ${first === undefined ? 'NAME' : modelName(first)}
npx waterworks sql                      # ask anything
npx waterworks quarantine list          # what could not be loaded, and why
\`\`\`

| table | pipeline | model |
| --- | --- | --- |
${rows.join('\n')}

The checks in the pipelines and in \`models/staging/schema.yml\` were proposed from the data: keep those that are true of the
business, correct the others, and add what only you know. \`npx waterworks check\` reads the project without running it, and
\`npx waterworks plan\` says what a build would do.

\`npx waterworks schema --write\` brings editors the schemas of these files after a fresh clone; a build does so as well.
`
}
