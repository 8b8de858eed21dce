import { columnName } from '../../naming/column-name.ts'
import type { StreamLoad } from './stream-load.ts'

/**
 * The load with the columns that its pipeline names called as the table has them: keys that a source tells, and those that it is
 * read by, have its own names. A name that is one of the table's already stays.
 */
export function withNamedKeys(load: StreamLoad): StreamLoad {
  const { pipeline } = load
  const style = pipeline.load.names
  if (style === undefined || style === 'as_found') return load
  const named = (name: string) => columnName([name], style)
  const optional = (name: string | undefined) => (name === undefined ? undefined : nestedOrNamed(name, named))
  const { extract } = pipeline
  return {
    ...load,
    pipeline: {
      ...pipeline,
      extract: {
        ...extract,
        incrementalKey: optional(extract.incrementalKey),
        eventTime: optional(extract.eventTime),
      },
      load: { ...pipeline.load, mergeKeys: pipeline.load.mergeKeys.map((key) => nestedOrNamed(key, named)) },
    },
  }
}

/** Names of nested values have levels, each of which is named by itself. */
function nestedOrNamed(name: string, named: (name: string) => string): string {
  return name.includes('__') ? name : named(name)
}
