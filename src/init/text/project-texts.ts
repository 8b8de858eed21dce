import type { Connection } from '../../project/project.ts'
import { modelName, pipelineName, type StarterTable } from '../starter-table.ts'
import { yamlOwn } from './yaml-text.ts'

/** waterworks.yml of a starter project. */
export function waterworksText(name: string, connection?: Connection): string {
  return `# yaml-language-server: $schema=.waterworks/schemas/waterworks.json
name: ${name}

# The warehouse: a file that needs no server. Others go beside it; \`waterworks build --target NAME\` builds into them.
default_target: local
targets:
  local:
    type: duckdb
    path: .waterworks/warehouse.duckdb

# Columns that look personal, and of which their pipeline says nothing, are told of; with enforce nothing of them is written.
privacy:
  mode: warn
${connection === undefined ? '' : connectionText(connection)}`
}

export const GITIGNORE = `# What the platform keeps: warehouse, state, landing zone, logs
.waterworks/
# Passwords and the like
.env
node_modules/
`

function connectionText(connection: Connection): string {
  const { type, name, host, port, user, password, database, ssl } = connection
  return `
connections:
  ${name}:
    type: ${type}
    host: ${yamlOwn(host)}
    port: ${port}
    user: ${yamlOwn(user)}
    database: ${yamlOwn(database)}
${password === undefined ? '' : `    password: \${${passwordVariable(connection)}}\n`}${ssl === 'disable' ? '' : `    ssl: ${ssl}\n`}`
}

/** The variable that holds a connection's password. */
export function passwordVariable({ name }: Connection): string {
  return `${name.toUpperCase()}_PASSWORD`
}

/** .env.example: which variables there are, without their values. */
export function envExample(connection?: Connection): string {
  const hasPassword = connection?.password !== undefined
  const name = hasPassword ? `${passwordVariable(connection)}=` : '# WAREHOUSE_PASSWORD='
  return `# Copy this file to .env, which git ignores, and fill it in. Project files read a variable as \${NAME}.
# What is set in the environment wins over .env.
${name}
`
}

/** .env with the password: the one file that holds it. */
export function envText(connection: Connection, password: string): string {
  const quoted = password
    .replace(/[\\"$]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
  return `# Not for git.\n${passwordVariable(connection)}="${quoted}"\n`
}

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
