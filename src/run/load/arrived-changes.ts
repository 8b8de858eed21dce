import type { Field } from '../../batch/logical-type.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import { classifyChanges } from '../../drift/classify-changes.ts'
import { isReal, type RealChange } from '../../drift/column-change.ts'
import { isVariant } from '../../drift/variants.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { streamsOf } from '../../project/pipeline.ts'
import { describeSource } from './describe-shape.ts'
import { reservedNames } from './reserved-names.ts'
import type { StreamLoad } from './stream-load.ts'

/**
 * The columns that rows would have if values were not read as the table's types; undefined where that makes no
 * difference. Only sources that say what their types are can tell: those of CSV and JSON are sniffed from values, and
 * columns that are called otherwise or taken apart (`isShaped`) are no more the source's.
 * To be asked outside a transaction, which a statement that the engine refuses could break.
 */
export async function describeArriving(
  { session, engine, parts, pipeline, lookups }: StreamLoad,
  table: readonly Field[] | undefined,
  isShaped: boolean,
): Promise<readonly Field[] | undefined> {
  if (table === undefined || isShaped || parts.some((part) => part.scan.format !== 'parquet'))
    return undefined
  // The last part shows the source as it is now.
  const latest = new Map(parts.flatMap((part) => part.scan.fields).map((field) => [field.name, field]))
  const { dialect } = engine
  const there = new Map(table.map((field) => [field.name, logicalTypeName(field.type)]))
  const differs = [...latest.values()].some(({ name, type }) => {
    const known = there.get(name)
    return known !== undefined && known !== logicalTypeName(dialect.parseType(dialect.typeName(type)) ?? type)
  })
  if (!differs) return undefined
  try {
    const describe = (sql: string) => session.describe(sql)
    const shared = streamsOf(pipeline.extract).length > 1
    const around = { shared, lookups }
    return await describeSource(describe, [...latest.values()], pipeline.transform.stages, dialect, around)
  } catch (error) {
    // The stages are made for the table's types, and are applied to them: only the classes of changes are less exact.
    if (error instanceof WaterworksError && error.code === 'WW3001') return undefined
    throw error
  }
}

/**
 * How the columns of a load differ from the table's own. A member of nested values that no record has this time is no
 * change: `nested` are the columns that such members became. Nor is a column of values that others cannot hold.
 */
export function arrivedChanges(
  { pipeline }: StreamLoad,
  table: readonly Field[] | undefined,
  arrived: readonly Field[],
  nested: ReadonlySet<string>,
): readonly RealChange[] {
  if (table === undefined) return []
  const reserved = reservedNames(pipeline)
  const came = new Set(arrived.map((field) => field.name))
  const names = new Set([...table, ...arrived].map(({ name }) => name))
  const isOwn = ({ name }: Field) => !isVariant(name, names)
  const own = table.filter(({ name }) => !reserved.includes(name) && (came.has(name) || !nested.has(name)))
  return classifyChanges(own.filter(isOwn), arrived.filter(isOwn)).filter(isReal)
}
