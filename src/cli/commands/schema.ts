import { relative } from 'node:path'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Command, Invocation } from '../command.ts'
import { keepProjectSchemas } from '../compose/project-schemas.ts'
import { openProject } from '../compose/workspace.ts'
import { printSchemaHistory } from '../print-schema-history.ts'
import { SCHEMA_NAMES, type SchemaName, schemaText } from '../schema-text.ts'

export const schema: Command = {
  name: 'schema',
  summary: 'Print the JSON Schema of a project file, or the history of a table’s columns',
  description: `Prints the JSON Schema of one kind of file:
${SCHEMA_NAMES.join(', ')}. With --write all of them go into .waterworks/schemas
of the project, where a build puts them as well. A first line such as
# yaml-language-server: $schema=../.waterworks/schemas/pipeline.json
makes editors complete and check a file.

\`schema history\` shows the versions of the tables that pipelines fill on the target, oldest first: which run brought
which columns, and what was other than before; of one stream or table if it is named.`,
  positionals: '[KIND | history [STREAM]]',
  options: [{ name: 'write', type: 'boolean', help: 'Write all schemas into the project instead.' }],
  examples: [
    { line: 'waterworks schema pipeline > pipeline.json', says: 'One schema, for an editor’s settings.' },
    { line: 'waterworks schema --write', says: 'After a fresh clone, before the first build.' },
    { line: 'waterworks schema history orders', says: 'How the columns of a stream came to be.' },
  ],
  run,
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output, positionals } = invocation
  if (flags.isSet('write')) {
    const { home, project } = await openProject(invocation)
    keepProjectSchemas(home)
    output.print(`${SCHEMA_NAMES.length} schemas are in ${relative(project.root, home)}/schemas`)
    output.json({ schemas: SCHEMA_NAMES })
    return 0
  }
  if (positionals[0] === 'history') return printSchemaHistory(invocation)
  const text = schemaText(nameOf(positionals))
  output.print(text.trimEnd())
  output.json(JSON.parse(text))
  return 0
}

function nameOf(positionals: readonly string[]): SchemaName {
  const [given, ...more] = positionals
  const name = SCHEMA_NAMES.find((each) => each === given)
  if (name !== undefined && more.length === 0) return name
  const nearest = given === undefined ? undefined : suggest(given, SCHEMA_NAMES)
  throw new WaterworksError('WW7001', {
    message:
      given === undefined ? 'schema takes a kind of file' : `there is no schema ${positionals.join(' ')}`,
    hint: nearest ? `Did you mean ${nearest}?` : `The kinds are ${SCHEMA_NAMES.join(', ')}.`,
  })
}
