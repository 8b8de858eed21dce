import type { Field } from '../../batch/logical-type.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Load } from '../../project/pipeline.ts'
import { momentType } from './history-columns.ts'

/** scd3: the value that a column had before the one it has. */
export function previousName(column: string): string {
  return `previous_${column}`
}

/** scd3: when the column last had that value, as far as anybody said; without moments of rows, when it was replaced. */
export function previousAtName(column: string): string {
  return `previous_${column}_at`
}

/** scd6: the value that a column has in the latest version. */
export function latestName(column: string): string {
  return `current_${column}`
}

/** Whether a column keeps another value of one of these. */
export function followsOne(name: string, columns: ReadonlySet<string>): boolean {
  return [...columns].some((column) => name === previousName(column) || name === latestName(column))
}

/** Names of the columns that keep another value of a column, which rows must not bring themselves. */
export function keptNames({ strategy, history }: Load): readonly string[] {
  if (strategy === 'scd3')
    return history.columns.flatMap((column) => [previousName(column), previousAtName(column)])
  return strategy === 'scd6' ? history.columns.map(latestName) : []
}

/**
 * Those columns. Throws WW4302 when a column that they are to be of is missing, is a key, or is the moment itself.
 * @param fields the table's own columns
 */
export function keptFields(load: Load, fields: readonly Field[]): readonly Field[] {
  const { strategy, history, mergeKeys } = load
  if (strategy !== 'scd3' && strategy !== 'scd6') return []
  return history.columns.flatMap((column): readonly Field[] => {
    const field = fields.find(({ name }) => name === column)
    if (field === undefined || mergeKeys.includes(column) || column === history.effectiveAt) {
      const problem =
        field === undefined ? 'the rows have no such column' : 'it says which row is which, or when'
      throw new WaterworksError('WW4302', { message: `history.columns has ${column}, but ${problem}` })
    }
    if (strategy === 'scd6') return [{ name: latestName(column), type: field.type }]
    return [
      { name: previousName(column), type: field.type },
      { name: previousAtName(column), type: momentType(load, fields) },
    ]
  })
}
