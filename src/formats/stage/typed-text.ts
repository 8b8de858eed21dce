import type { Field } from '../../batch/logical-type.ts'
import { faithfulReading } from './faithful.ts'
import { rawColumn } from './raw-batches.ts'

/** SQL that may stand in FROM: the rows of `from`, whose columns are texts `c0`…, and their values `v0`… beside them. */
export function readTyped(from: string, fields: readonly Field[]): string {
  const values = fields.map(
    ({ type }, index) => `${faithfulReading(type).value(rawColumn(index))} as v${index}`,
  )
  return `(select ${['*', ...values].join(', ')} from ${from})`
}

/** SQL that is true of the rows of `readTyped` with a value that does not say all its text says. */
export function anyUnfaithful(fields: readonly Field[]): string {
  const defects = fields.flatMap(({ type }, index) => {
    const defect = faithfulReading(type).unfaithful(rawColumn(index), `v${index}`)
    return defect === 'false' ? [] : [defect]
  })
  return defects.length === 0 ? 'false' : defects.join(' or ')
}
