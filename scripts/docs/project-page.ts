import {
  mysqlConnection,
  postgresConnection,
  s3Connection,
  sftpConnection,
} from '../../src/project/schema/connection-entry.ts'

import {
  duckdbTarget,
  postgresTarget,
  secretSource,
  waterworksFile,
} from '../../src/project/schema/waterworks-file.ts'
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

Parts of dbt that the platform does not have yet give a warning (WW1912) or an error (WW1211).

This page is generated from \`src/project/schema/\` by \`npm run docs\`.

## Values from outside, and secrets

Texts in \`waterworks.yml\` and pipeline files may take values from outside:

| written | stands for |
| --- | --- |
| \`\${NAME}\` | an environment variable, of the process or of the project's \`.env\` |
| \`\${file:/run/secrets/name}\` | the text of a file, without the line break at its end; paths start from the project folder |
| \`\${secret:name}\` | what the project's secret command prints for the name |
| \`\${NAME:-default}\` | the default, when there is nothing or an empty text; after the other two as well |
| \`$\${NAME}\` | the text \`\${NAME}\` itself |

\`.env\` is a file beside \`waterworks.yml\` with \`NAME=value\` a line, which git should ignore. It never overrides what is set
outside. Values may stand in quotes: single ones keep everything as it is, double ones know \`\\n\`, \`\\t\`, \`\\"\`, \`\\\\\` and \`\\$\`. A line
that cannot be read is an error (WW1041).

The secret command is a program that prints one secret, such as the client of a vault or keyring. It runs without a shell, in
the project folder, once for each secret that is needed, and never for targets that are not used:

\`\`\`yaml
secrets:
  command: [vault, kv, get, -field=value, "secret/shop/{name}"]
targets:
  prod: {type: postgres, user: shop, database: shop, password: "\${secret:warehouse}"}
\`\`\`

A target whose variables or secrets are not there is left out, unless it is the one asked for. Passwords and tokens in plain text
are errors (WW1011), also as defaults and in addresses; \`allow_plaintext_password: true\` beside one allows it, for throw-away
databases. Whatever came from a secret file or command, stands under a key like \`password\` or \`token\`, or comes from a variable
with such a name is masked as \`***\` in everything that is printed, logged or recorded. Tables are not touched: what a model selects
is data.

## waterworks.yml

${keyTable(waterworksFile, [])}

## A DuckDB target

${keyTable(duckdbTarget, [])}

## A Postgres target

${keyTable(postgresTarget, [])}

## A Postgres connection

A source to read tables from: [postgres-source.md](postgres-source.md).

${keyTable(postgresConnection, [])}

## A MySQL connection

A source to read tables from, of MySQL or MariaDB: [mysql-source.md](mysql-source.md).

${keyTable(mysqlConnection, [])}

## An S3 connection

Buckets to read files from: [s3-source.md](s3-source.md).

${keyTable(s3Connection, [])}

## An SFTP connection

A server to read files from: [sftp-source.md](sftp-source.md).

${keyTable(sftpConnection, [])}

## secrets

${keyTable(secretSource, [])}

## defaults

${keyTable(waterworksFile, ['defaults'])}
`
}
