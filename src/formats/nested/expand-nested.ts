import type { Batch } from '../../batch/batch.ts'
import { isValid } from '../../batch/batch.ts'
import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { logicalTypeName } from '../../batch/logical-type-name.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import { jsonString } from '../json/json-scanner.ts'
import { faithfulReading } from '../stage/faithful.ts'
import { temporary } from '../stage/temporary.ts'
import { cellColumn, NestedRows, nestedRowsColumns } from './nested-rows.ts'
import type { NestedTable } from './nested-shape.ts'
import { ELEMENT, type ElementPlace, NestedWalker } from './nested-walker.ts'
import type { Nesting } from './nesting.ts'
import { type NestedOutline, outlineNested } from './outline-nested.ts'

const { identifier, literal } = duckDbDialect

/** What nested columns are made of, and how. */
export interface NestedInput {
  /** SQL that may stand in FROM, with the nested columns, of type JSON, and `row`. */
  readonly from: string
  /** The column that numbers the rows. */
  readonly row: string
  readonly columns: readonly string[]
  readonly nesting: Nesting
  /** The column that the value at these keys of its table becomes. */
  nameOf(keys: readonly string[]): string
  /**
   * The types that the columns of a table are to be read as, by name, in place of those found; the keys that lead to it say which.
   * @param found what the values show
   */
  typesOf(path: readonly string[], found: readonly Field[]): Promise<ReadonlyMap<string, LogicalType>>
}

/** A column that a nested value became. */
export interface NestedField extends Field {
  /** The keys that lead to it within its table. */
  readonly keys: readonly string[]
  /** The column of the temporary table that has it. */
  readonly cell: string
}

/** The rows of one nested table, in a temporary table of the session. */
export interface ExpandedTable {
  /** The keys that lead to the list; none for the rows themselves. */
  readonly path: readonly string[]
  readonly fields: readonly NestedField[]
  /**
   * SQL that may stand in FROM: root BIGINT (the number of the row it comes from), position BIGINT (its place in its list,
   * from 1), place VARCHAR (all places that lead to it), within VARCHAR (those of the element it is in; NULL for
   * elements of the rows' own lists), and `cell` of each field.
   */
  readonly from: string
  readonly rows: number
}

export interface Expanded {
  readonly flat: ExpandedTable
  readonly children: readonly ExpandedTable[]
  /** SQL that may stand in FROM: root and reason of the rows that have a value which cannot be read; undefined where none has. */
  readonly defects: string | undefined
  /** Drops the temporary tables. */
  discard(): Promise<void>
}

/** Bytes of text that are taken apart at once. */
const PAGE = 8 << 20
const VALUES = '_ww_nested'
const DEFECTS = '_ww_nested_defects'

/**
 * Takes nested columns apart, as `nesting` says: members of objects become columns, elements of lists rows of tables of their
 * own. Values are walked twice by our own reader, a page at a time, for DuckDB's would round numbers: once for what there
 * is, once for the cells; those are then read faithfully as the columns' types, as values of files are. Throws WW4452.
 */
export async function expandNested(executor: Executor, input: NestedInput): Promise<Expanded> {
  await gather(executor, input)
  const size = await pageSize(executor, input.columns.length)
  const outline = await outlineNested(input.columns, input.nesting, texts(executor, input, size))
  const tables = new Map(outline.tables.map((table, index) => [table, { index, table }]))
  for (const { index, table } of tables.values()) {
    const columns = nestedRowsColumns(table.columns.length)
    await executor.execute(`create or replace temp table ${rawName(index)} (${columns.join(', ')})`)
  }
  const typed = new Map<NestedTable, readonly NestedField[]>()
  for (const table of outline.tables) typed.set(table, await fieldsOf(table, input))
  await write(executor, input, outline, typed, size)
  await executor.execute(`drop table ${temporary(VALUES)}`)
  const expanded: ExpandedTable[] = []
  for (const { index, table } of tables.values()) {
    expanded.push(await type(executor, table, index, typed.get(table)!))
  }
  const [flat, ...children] = expanded
  return {
    flat: flat!,
    children,
    defects: await defects(executor, expanded.length),
    async discard() {
      for (const name of [DEFECTS, ...expanded.map((_, index) => typedName(index))])
        await executor.execute(`drop table if exists ${temporary(name)}`)
    },
  }
}

const rawName = (index: number): string => `_ww_nested_raw_${index}`
const typedName = (index: number): string => `_ww_nested_${index}`

/** The rows that have a nested value, numbered from 0, so that they can be read a page at a time. */
async function gather(executor: Executor, { from, row, columns }: NestedInput): Promise<void> {
  const values = columns.map((name, index) => `${identifier(name)}::varchar as ${cellColumn(index)}`)
  const some = columns.map((name) => `${identifier(name)} is not null`).join(' or ')
  await executor.execute(
    `create or replace temp table ${identifier(VALUES)} as
 select row_number() over () - 1 as n, * from (select ${row} as root, ${values.join(', ')} from ${from} as _ww_from where ${some})`,
  )
}

async function pageSize(executor: Executor, columns: number): Promise<number> {
  const length = Array.from({ length: columns }, (_, index) => `coalesce(strlen(${cellColumn(index)}), 0)`)
  const [row] = await executor.rows(
    `select avg(${length.join(' + ')})::double as size from ${temporary(VALUES)}`,
  )
  return Math.max(64, Math.min(16_384, Math.floor(PAGE / (Number(row?.['size'] ?? 0) + 1))))
}

/** The batches of one page after another: the session does other work between two of them. */
async function* pages(executor: Executor, columns: number, size: number): AsyncGenerator<readonly Batch[]> {
  const list = ['root', ...Array.from({ length: columns }, (_, index) => cellColumn(index))].join(', ')
  for (let from = 0; ; from += size) {
    const page: Batch[] = []
    const query = `select ${list} from ${temporary(VALUES)} where n >= ${from} and n < ${from + size}`
    for await (const batch of executor.batches(query)) page.push(batch)
    if (page.every((batch) => batch.rows === 0)) return
    yield page
  }
}

async function* texts(executor: Executor, { columns }: NestedInput, size: number) {
  for await (const page of pages(executor, columns.length, size)) {
    for (const batch of page) for (let row = 0; row < batch.rows; row++) yield textsAt(batch, row)
  }
}

/** The nested values of a row; the first column of a batch is its number. */
function textsAt(batch: Batch, row: number): readonly (string | undefined)[] {
  return batch.columns.slice(1).map((column) => {
    if (column.storage !== 'bytes' || !isValid(column.validity, row)) return undefined
    const { buffer, byteOffset } = column.bytes
    const [start, end] = [column.offsets[row]!, column.offsets[row + 1]!]
    return Buffer.from(buffer, byteOffset + start, end - start).toString('utf8')
  })
}

function rootAt(batch: Batch, row: number): bigint {
  const [root] = batch.columns
  const value = root?.storage === 'fixed' ? root.values[row] : undefined
  return BigInt(value ?? 0)
}

async function fieldsOf(table: NestedTable, input: NestedInput): Promise<readonly NestedField[]> {
  const found = table.columns.map(({ keys, kind }, index): NestedField => {
    const name = keys.length === 0 ? ELEMENT : input.nameOf(keys)
    return { name, type: kind.type, keys, cell: cellColumn(index) }
  })
  const types = await input.typesOf(table.path, found)
  return found.map((field) => ({ ...field, type: types.get(field.name) ?? field.type }))
}

interface OpenRow {
  readonly table: NestedTable
  readonly at: ElementPlace | undefined
  readonly cells: (string | undefined)[]
  reason: string | undefined
}

async function write(
  executor: Executor,
  { columns, nesting }: NestedInput,
  outline: NestedOutline,
  typed: ReadonlyMap<NestedTable, readonly NestedField[]>,
  size: number,
): Promise<void> {
  const rows = new Map(outline.tables.map((table) => [table, new NestedRows(table.columns.length)]))
  let root = 0n
  let open: OpenRow[] = []
  const current = (table: NestedTable) => open.findLast((row) => row.table === table)!
  const walker = new NestedWalker(nesting, {
    cell(value, kind, text) {
      const row = current(value.table)
      const field = typed.get(value.table)![value.column]!
      const decoded = kind === 'string' && field.type.kind !== 'json' ? jsonString(text) : text
      if (decoded.includes('\0') || !decoded.isWellFormed()) {
        row.reason ??= `column ${field.name}: a character that text cannot hold`
      } else row.cells[value.column] = decoded
    },
    begin(table, at) {
      open.push({ table, at, cells: [], reason: undefined })
    },
    end(table) {
      const row = open.pop()!
      rows.get(table)!.add(root, row.at, row.reason, row.cells)
    },
    defect(value, problem) {
      current(value.table).reason ??= `${value.path.join('.')}: ${problem}`
    },
  })
  const [top] = outline.tables
  for await (const page of pages(executor, columns.length, size)) {
    for (const batch of page) {
      for (let row = 0; row < batch.rows; row++) {
        root = rootAt(batch, row)
        open = [{ table: top!, at: undefined, cells: [], reason: undefined }]
        for (const [index, text] of textsAt(batch, row).entries()) {
          if (text !== undefined) walker.walk(outline.columns[index]!, text)
        }
        rows.get(top!)!.add(root, undefined, open[0]!.reason, open[0]!.cells)
      }
    }
    for (const [index, gathered] of [...rows.values()].entries()) {
      if (gathered.rows > 0) await executor.load({ name: rawName(index) }, one(gathered.take()))
    }
  }
}

async function* one(batch: Batch): AsyncGenerator<Batch> {
  yield batch
}

/** Reads the cells of a table as its types; what cannot be read so gives its row a reason. */
async function type(
  executor: Executor,
  { path }: NestedTable,
  index: number,
  fields: readonly NestedField[],
): Promise<ExpandedTable> {
  const readings = fields.map((field) => ({ ...field, reading: faithfulReading(field.type) }))
  const values = readings.map(({ cell, reading }) => `${reading.value(cell)} as v_${cell}`)
  const defects = readings.flatMap(({ cell, reading, name, type }) => {
    const unfaithful = reading.unfaithful(cell, `v_${cell}`)
    if (unfaithful === 'false') return []
    const column = [...path, name].join('.')
    return [
      `case when ${unfaithful} then ${literal(`column ${column}: cannot be read as ${logicalTypeName(type)}`)} end`,
    ]
  })
  const reason =
    defects.length === 0 ? 'reason' : `coalesce(reason, nullif(concat_ws('; ', ${defects.join(', ')}), ''))`
  const cells = fields.map(({ cell }) => `v_${cell} as ${cell}`)
  await executor.execute(
    `create or replace temp table ${typedName(index)} as
 select ${['root', 'position', 'place', 'within', ...cells, `${reason} as reason`].join(', ')}
 from (select ${['*', ...values].join(', ')} from ${temporary(rawName(index))})`,
  )
  await executor.execute(`drop table ${temporary(rawName(index))}`)
  const from = temporary(typedName(index))
  const [row] = await executor.rows(`select count(*) as n from ${from}`)
  return { path, fields, from, rows: Number(row?.['n'] ?? 0) }
}

async function defects(executor: Executor, tables: number): Promise<string | undefined> {
  const each = Array.from(
    { length: tables },
    (_, index) => `select root, reason from ${temporary(typedName(index))} where reason is not null`,
  )
  await executor.execute(
    `create or replace temp table ${DEFECTS} as
 select root, min(reason) as reason from (${each.join(' union all ')}) group by root`,
  )
  const [row] = await executor.rows(`select count(*) as n from ${temporary(DEFECTS)}`)
  return Number(row?.['n'] ?? 0) === 0 ? undefined : temporary(DEFECTS)
}
