import { pipelineName, type StarterTable } from '../starter-table.ts'
import { yamlText } from './yaml-text.ts'

/** pipelines/<source>.yml: tables of a database, all of them as they are at one moment. */
export function databasePipelineText(tables: readonly StarterTable[], connection: string): string {
  const listed = tables.map(({ name, from = name }) => {
    const own = from.slice(from.indexOf('.') + 1)
    return own === name ? `      - ${yamlText(from)}` : `      - {table: ${yamlText(from)}, as: ${name}}`
  })
  return `# yaml-language-server: $schema=../.waterworks/schemas/pipeline.json
pipeline:
  name: ${pipelineName(tables[0]!)}
  description: Tables of the database, as they are at one moment.
  extract:
    source_system: ${tables[0]!.source}
    connection: ${connection}
    # Each load reads everything. For large tables see incremental, with an incremental_key and merge.
    strategy: full
    tables:
${listed.join('\n')}
  load:
    strategy: truncate-reload
  error_handling:
    strategy: dead-letter
`
}
