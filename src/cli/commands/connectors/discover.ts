import { logicalTypeName } from '../../../batch/logical-type-name.ts'
import type { Invocation } from '../../command.ts'
import { withConnector } from './open-pipeline.ts'

/** Lists what a pipeline's source has. */
export async function discoverStreams(invocation: Invocation, names: readonly string[]): Promise<number> {
  const { output } = invocation
  const streams = await withConnector(invocation, names[0], undefined, (connector) => connector.discover())
  for (const { name, fields, key = [], incrementalKey } of streams) {
    const keyed = key.length === 0 ? '' : `, key ${key.join(', ')}`
    const cursor = incrementalKey === undefined ? '' : `, cursor ${incrementalKey}`
    output.print(`${name}: ${fields.length} columns${keyed}${cursor}`)
  }
  output.json({
    streams: streams.map(({ name, fields, key = [], incrementalKey }) => ({
      name,
      key,
      incremental_key: incrementalKey ?? null,
      columns: fields.map((field) => ({ name: field.name, type: logicalTypeName(field.type) })),
    })),
  })
  return 0
}
