import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import type { FileScan } from '../file-scan.ts'
import { RECORD_NUMBER, type StagedPart } from '../staged-part.ts'
import { faithfulReading } from './faithful.ts'

const { identifier, literal } = duckDbDialect

/**
 * Adds to every row, and to the payload of every reject, what the file's name says of it. A text that cannot be read as the
 * type wanted of its column rejects every record.
 */
export async function addCaptured(
  executor: Executor,
  staged: StagedPart,
  scan: FileScan,
  types: ReadonlyMap<string, LogicalType> = new Map(),
): Promise<StagedPart> {
  const texts = scan.captured ?? {}
  const fields = scan.fields
    .filter(({ name }) => Object.hasOwn(texts, name))
    .map(({ name, type }): Field => ({ name, type: types.get(name) ?? type }))
  const values = fields.map(({ name, type }) => faithfulReading(type).value(literal(texts[name]!)))
  const list = fields.map(({ name }, index) => `${values[index]} as ${identifier(name)}`)
  const all = [...staged.fields, ...fields]
  const { misfits = [] } = staged
  const cells = misfits.map(({ cell }) => cell)
  const columns = [...staged.fields.map(({ name }) => identifier(name)), ...list, ...cells, RECORD_NUMBER]
  const captured = `${literal(JSON.stringify(texts))}::json`
  const rejects =
    `select record, line, byte, reason, json_merge_patch(payload::json, ${captured})::varchar as payload` +
    ` from ${staged.rejects.from}`
  const reason = await defect(executor, fields, values, texts)
  if (reason === undefined) {
    return {
      from: `(select ${columns.join(', ')} from ${staged.from})`,
      fields: all,
      rows: staged.rows,
      rejects: { from: `(${rejects})`, rows: staged.rejects.rows },
      misfits,
    }
  }
  const own = staged.fields.flatMap(({ name }) => [literal(name), `${identifier(name)}::varchar`])
  const payload = `json_merge_patch(json_object(${own.join(', ')}), ${captured})::varchar`
  const refused =
    `select ${RECORD_NUMBER} as record, null::bigint as line, null::bigint as byte, ${literal(reason)} as reason,` +
    ` ${payload} as payload from ${staged.from}`
  return {
    from: `(select ${columns.join(', ')} from ${staged.from} where false)`,
    fields: all,
    rows: 0,
    rejects: {
      from: `(${rejects} union all ${refused})`,
      rows: staged.rejects.rows + staged.rows,
    },
  }
}

/** What is wrong with the texts as values of their columns' types. */
async function defect(
  executor: Executor,
  fields: readonly Field[],
  values: readonly string[],
  texts: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const judged = fields.map(
    ({ name, type }, index) =>
      `${faithfulReading(type).unfaithful(`${literal(texts[name]!)}::varchar`, `(${values[index]})`)} as f${index}`,
  )
  const [row] = await executor.rows(`select ${judged.join(', ')}`)
  const bad = fields.filter((_, index) => row?.[`f${index}`] === true)
  if (bad.length === 0) return undefined
  return bad.map(({ name, type }) => `column ${name}: cannot be read as ${logicalTypeName(type)}`).join('; ')
}
