import { pipelineName, type StarterTable } from '../starter-table.ts'
import { personalText } from './personal-text.ts'
import { yamlText } from './yaml-text.ts'

/** pipelines/<source>.yml: tables of a database, all of them as they are at one moment. */
export function databasePipelineText(tables: readonly StarterTable[], connection: string): string {
  const listed = tables.flatMap(({ name, from = name, personal }) => {
    const own = from.slice(from.indexOf('.') + 1)
    if (personal.length > 0) {
      const as = own === name ? [] : [`        as: ${name}`]
      return [`      - table: ${yamlText(from)}`, ...as, ...personalText(personal, '        ')]
    }
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
