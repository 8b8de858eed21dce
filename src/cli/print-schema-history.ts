import type { RecordedChange } from '../drift/recorded-change.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import type { SchemaVersion } from '../state/state-store.ts'
import type { Invocation } from './command.ts'
import { withRecordedState } from './compose/recorded-state.ts'
import { openProject } from './compose/workspace.ts'
import { renderTable } from './render-table.ts'

/**
 * Prints the versions of the schemas of tables that pipelines fill, as recorded for the target, oldest first; of the stream
 * or table that is named only. Throws WW7001 for a name of which nothing is recorded.
 */
export async function printSchemaHistory(invocation: Invocation): Promise<number> {
  const { output, positionals } = invocation
  const [, wanted, ...more] = positionals
  if (more.length > 0) throw new WaterworksError('WW7001', { message: 'schema history takes one stream' })
  const opened = await openProject(invocation)
  const all = await withRecordedState<readonly SchemaVersion[]>(opened, [], (state) =>
    state.schemaVersions(opened.targetName),
  )
  const versions = wanted === undefined ? all : all.filter((version) => isOf(version, wanted))
  if (wanted !== undefined && versions.length === 0) {
    const streams = [...new Set(all.map(({ stream }) => stream))]
    throw new WaterworksError('WW7001', {
      message: `no version of a schema of ${wanted} is recorded`,
      hint: streams.length > 0 ? `There are those of ${streams.join(', ')}.` : 'Load something first.',
    })
  }
  if (versions.length === 0) output.print('No schema is recorded yet.')
  else {
    const rows = versions.map((version) => [
      plain(version.relation),
      String(version.version),
      version.at.slice(0, 19).replace('T', ' '),
      version.runId.slice(0, 13),
      version.hash.slice(0, 8),
      describe(version),
    ])
    const heads = ['table', 'version', 'at', 'run', 'hash', 'what changed']
    output.print(
      renderTable(
        heads.map((title) => ({ title })),
        rows,
      ).join('\n'),
    )
  }
  output.json({ versions })
  return 0
}

function isOf({ stream, relation }: SchemaVersion, wanted: string): boolean {
  const name = plain(relation)
  return stream === wanted || name === wanted || name.endsWith(`.${wanted}`)
}

/** A relation's name as a person writes it. */
function plain(relation: string): string {
  return relation.replaceAll('"', '')
}

function describe({ changes, columns }: SchemaVersion): string {
  if (changes.length > 0) return changes.map(changed).join(', ')
  return `${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`
}

function changed({ column, change, newName, from, to }: RecordedChange): string {
  switch (change) {
    case 'added':
      return `+ ${column} (${to})`
    case 'removed':
      return `- ${column}`
    case 'renamed':
      return `${column} likely renamed to ${newName}`
    case 'widened':
    case 'changed':
      return `${column} ${change} from ${from} to ${to}`
  }
}
