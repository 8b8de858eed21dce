import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { variantName } from '../../drift/variants.ts'
import type { Executor } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import type { NestedField } from '../../formats/nested/expand-nested.ts'
import { type StageOptions, stagePart } from '../../formats/stage-part.ts'
import { RECORD_NUMBER, type StagedPart } from '../../formats/staged-part.ts'
import { keepsRow, schemaChangesOf } from '../../project/schema-changes.ts'
import { bringOver } from './bring-over.ts'
import { commonFields } from './common-fields.ts'
import type { LeftOut } from './discarded.ts'
import { type KnownShape, NO_SHAPE } from './known-shape.ts'
import { ROW, ROWS_PER_PART } from './load-columns.ts'
import { LoadHeld } from './load-held.ts'
import { shapeIncoming } from './shape-incoming.ts'
import type { Shaping } from './shaping.ts'
import type { StreamLoad } from './stream-load.ts'

/** Everything a load brings, readable in the warehouse session. */
export interface Incoming {
  /** SQL that may stand in FROM: `fields`, the number of each readable row, and `defect` where there is one. */
  readonly from: string
  readonly fields: readonly Field[]
  /** The column with why a row is rejected before its stages; undefined where none is. */
  readonly defect: string | undefined
  /** As `from`, with the columns as they arrived: before they were called otherwise or taken apart. */
  readonly raw: RawIncoming
  /** The rows of lists that are tables of their own. */
  readonly children: readonly IncomingChild[]
  /** Values that cannot be read as their column's type, where those do not reject their rows; a `sql` per column, NULL where there is none. */
  readonly misfits: LeftOut | undefined
  /** The columns with the texts of such values. */
  readonly variants: ReadonlySet<string>
  /** What of the shape is to be remembered. */
  readonly shape: KnownShape
  /** As `from`, of the records that could not be read: number, line, byte, reason, payload. */
  readonly malformed: string
  readonly malformedRows: number
  /** Drops the temporary tables. */
  discard(): Promise<void>
}

export interface RawIncoming {
  readonly from: string
  readonly fields: readonly Field[]
  /** What the columns of `from` are called, in the order of `fields`, where their own names might be too long for the engine. */
  readonly columns?: readonly string[]
}

/** The elements of a list, of all rows of a load. */
export interface IncomingChild {
  readonly path: readonly string[]
  readonly relation: Relation
  readonly fields: readonly NestedField[]
  /** As `ExpandedTable` has it. */
  readonly from: string
  readonly rows: number
}

/**
 * Stages landed parts: an engine that scans files reads them in place (Parquet) or through one temporary table a
 * part; for any other engine the reader's batches are loaded into a temporary table of its own.
 * @param tableTypes the target's types, which values must be read as
 * @param assumeClean as `StageOptions` has it
 * @param shaping how names and nested values become columns; undefined where they are taken as they are
 */
export async function stageIncoming(
  load: StreamLoad,
  tableTypes: ReadonlyMap<string, LogicalType>,
  assumeClean: boolean,
  shaping: Shaping | undefined,
): Promise<Incoming> {
  const { reader, engine } = load
  const mode = schemaChangesOf(load.pipeline.load, load.stream).types
  const types = stagedTypes(load, tableTypes, shaping)
  const options = { types, assumeClean, keepMisfits: keepsRow(mode) && !assumeClean }
  let staged = await stageParts(load, options)
  const unfit = new Set(staged.flatMap(({ misfits = [] }) => misfits.map(({ column }) => column)))
  if (mode === 'text' && unfit.size > 0) {
    const asText = [...unfit].map((name): readonly [string, LogicalType] => [name, { kind: 'text' }])
    staged = await stageParts(load, { ...options, types: new Map([...types, ...asText]) })
  }
  const fields = unionFields(staged)
  const variants = mode === 'variant' ? variantsOf(unfit, fields, shaping) : new Map<string, string>()
  const rows = (select: (part: StagedPart) => readonly string[]) =>
    unionOf(staged, (part, index) => {
      const list = [...select(part), `${rowNumber(index, RECORD_NUMBER)} as ${ROW}`]
      return `select ${list.join(', ')} from ${part.from}`
    })
  const values = ({ fields: own }: StagedPart) => {
    const names = new Set(own.map((field) => field.name))
    return fields.map(({ name }) => (names.has(name) ? quote(name) : `null as ${quote(name)}`))
  }
  const textsOf = (part: StagedPart) => (name: string) =>
    part.misfits?.find(({ column }) => column === name)?.cell ?? 'null::varchar'
  const from = rows((part) => [
    ...values(part),
    ...[...variants].map(([name, variant]) => `${textsOf(part)(name)} as ${quote(variant)}`),
  ])
  const raw = rows((part) => {
    const texts = textsOf(part)
    return values(part).map((value, index) => {
      const { name } = fields[index]!
      return unfit.has(name) && mode !== 'text'
        ? `coalesce(${texts(name)}, ${quote(name)}::varchar) as ${quote(name)}`
        : value
    })
  })
  const cells = mode === 'text' ? [] : [...unfit]
  const misfits: LeftOut | undefined =
    cells.length === 0
      ? undefined
      : {
          from: rows((part) => cells.map((name, index) => `${textsOf(part)(name)} as _ww_unfit_${index}`)),
          columns: cells.map((column, index) => ({ column, what: 'values', sql: `_ww_unfit_${index}` })),
        }
  const malformed = unionOf(
    staged,
    (part, index) =>
      `select ${rowNumber(index, 'record')} as ${ROW}, line, byte, reason, payload from ${part.rejects.from}`,
  )
  const arrived: Incoming = {
    from,
    fields: [...fields, ...[...variants.values()].map((name): Field => ({ name, type: { kind: 'text' } }))],
    defect: undefined,
    raw: { from: misfits === undefined ? from : raw, fields },
    misfits,
    variants: new Set(variants.values()),
    children: [],
    shape: NO_SHAPE,
    malformed,
    malformedRows: staged.reduce((rows, part) => rows + part.rejects.rows, 0),
    discard: () => dropTemporary(reader, staged.length),
  }
  const shaped = shaping === undefined ? arrived : await shapeIncoming(load, arrived, tableTypes, shaping)
  return engine.capabilities.scansFiles ? shaped : bringOver(load, shaped)
}

async function stageParts(
  { reader, parts, dataFile }: StreamLoad,
  options: Omit<StageOptions, 'table'>,
): Promise<readonly StagedPart[]> {
  const staged: StagedPart[] = []
  for (const [index, part] of parts.entries()) {
    const table = temporaryName(`part_${index}`)
    staged.push(await stagePart(reader, part, dataFile(part), { ...options, table }))
  }
  return staged
}

/** What the columns are called that have the texts of values which others cannot hold, by the name of those at the source. */
function variantsOf(
  unfit: ReadonlySet<string>,
  fields: readonly Field[],
  shaping: Shaping | undefined,
): ReadonlyMap<string, string> {
  const variants = new Map([...unfit].map((name) => [name, variantName(shaping?.nameOf([name]) ?? name)]))
  const taken = fields.find(({ name }) => [...variants.values()].includes(name))
  if (taken === undefined) return variants
  throw new LoadHeld(
    `the data has a column ${taken.name}, in which values would be put that another cannot hold`,
  )
}

/** Values are read as the types that their columns have in the table, else as what all parts have in common. */
function stagedTypes(
  { parts }: StreamLoad,
  tableTypes: ReadonlyMap<string, LogicalType>,
  shaping: Shaping | undefined,
): ReadonlyMap<string, LogicalType> {
  const common = commonFields(parts).map(({ name, type }) => [name, type] as const)
  if (shaping === undefined) return new Map([...common, ...tableTypes])
  const nested = new Set(
    parts.flatMap(({ scan }) =>
      scan.fields
        .filter(({ name, type }) => type.kind === 'json' && shaping.takesApart(name))
        .map(({ name }) => name),
    ),
  )
  const told = parts.every(({ scan: { format } }) => format !== 'csv' && format !== 'parquet')
  return new Map(
    common.map(([name, type]): readonly [string, LogicalType] => {
      if (told && (nested.has(name) || shaping.wasNested(name))) return [name, { kind: 'json' }]
      return [name, tableTypes.get(shaping.nameOf([name])) ?? type]
    }),
  )
}

/** The reader's SQL is DuckDB's whichever engine it reads for. */
function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function rowNumber(part: number, record: string): string {
  return part === 0 ? record : `${BigInt(part) * ROWS_PER_PART} + ${record}`
}

/** Temporary names are per session, and a session loads one stream at a time. */
function temporaryName(purpose: string): string {
  return `_ww_${purpose}`
}

async function dropTemporary(reader: Executor, parts: number): Promise<void> {
  for (let index = 0; index < parts; index++) {
    await reader.execute(`drop table if exists temp.${temporaryName(`part_${index}`)}`)
    await reader.execute(`drop table if exists temp.${temporaryName(`part_${index}_rejects`)}`)
  }
}

function unionFields(staged: readonly StagedPart[]): readonly Field[] {
  const fields = new Map<string, Field>()
  for (const field of staged.flatMap((part) => part.fields)) {
    if (!fields.has(field.name)) fields.set(field.name, field)
  }
  return [...fields.values()]
}

function unionOf(staged: readonly StagedPart[], select: (part: StagedPart, index: number) => string): string {
  return `(${staged.map(select).join('\nunion all\n')})`
}
