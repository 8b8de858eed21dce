import type { Field, LogicalType } from '../../batch/logical-type.ts'
import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import { stagePart } from '../../formats/stage-part.ts'
import { RECORD_NUMBER, type StagedPart } from '../../formats/staged-part.ts'
import { commonFields } from './common-fields.ts'
import { ROW, ROWS_PER_PART } from './load-columns.ts'
import type { StreamLoad } from './stream-load.ts'

/** Everything a load brings, readable in the warehouse session. */
export interface Incoming {
  /** SQL that may stand in FROM: `fields` and the number of each readable row. */
  readonly from: string
  readonly fields: readonly Field[]
  /** As `from`, of the records that could not be read: number, line, byte, reason, payload. */
  readonly malformed: string
  readonly malformedRows: number
  /** Drops the temporary tables. */
  discard(): Promise<void>
}

/**
 * Stages landed parts: an engine that scans files reads them in place (Parquet) or through one temporary table a
 * part; for any other engine the reader's batches are loaded into a temporary table of its own.
 * @param tableTypes the target's types, which values must be read as
 * @param assumeClean as `StageOptions` has it
 */
export async function stageIncoming(
  load: StreamLoad,
  tableTypes: ReadonlyMap<string, LogicalType>,
  assumeClean: boolean,
): Promise<Incoming> {
  const { reader, session, engine } = load
  const types = new Map([...commonFields(load.parts).map((f) => [f.name, f.type] as const), ...tableTypes])
  const staged: StagedPart[] = []
  for (const [index, part] of load.parts.entries()) {
    staged.push(
      await stagePart(reader, part, load.dataFile(part), {
        table: temporaryName(`part_${index}`),
        types,
        assumeClean,
      }),
    )
  }
  const dropReaders = () => dropTemporary(reader, staged.length)
  const fields = unionFields(staged)
  // The reader's SQL is DuckDB's whichever engine it reads for.
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
  const from = unionOf(staged, (part, index) => {
    const own = new Set(part.fields.map((field) => field.name))
    const list = fields.map(({ name }) => (own.has(name) ? quote(name) : `null as ${quote(name)}`))
    return `select ${[...list, `${rowNumber(index, RECORD_NUMBER)} as ${ROW}`].join(', ')} from ${part.from}`
  })
  const malformed = unionOf(
    staged,
    (part, index) =>
      `select ${rowNumber(index, 'record')} as ${ROW}, line, byte, reason, payload from ${part.rejects.from}`,
  )
  const malformedRows = staged.reduce((rows, part) => rows + part.rejects.rows, 0)
  if (engine.capabilities.scansFiles) {
    return { from, fields, malformed, malformedRows, discard: dropReaders }
  }
  return bringOver(load, { from, fields, malformed, malformedRows, discard: dropReaders }, session)
}

async function bringOver(load: StreamLoad, incoming: Incoming, session: Executor): Promise<Incoming> {
  const { reader, engine } = load
  const bring = async (name: string, from: string): Promise<string> => {
    const fields = await reader.describe(`select * from ${from}`)
    const table = { name: temporaryName(name) }
    await session.execute(createTemporary(engine.dialect, table.name, fields))
    await session.load(table, reader.batches(`select * from ${from}`))
    return engine.dialect.relation(table)
  }
  const from = await bring('incoming', incoming.from)
  const malformed = await bring('malformed', incoming.malformed)
  return {
    ...incoming,
    from,
    malformed,
    async discard() {
      await session.execute(`drop table if exists ${from}`)
      await session.execute(`drop table if exists ${malformed}`)
      await incoming.discard()
    },
  }
}

function rowNumber(part: number, record: string): string {
  return part === 0 ? record : `${BigInt(part) * ROWS_PER_PART} + ${record}`
}

function createTemporary(dialect: Dialect, name: string, fields: readonly Field[]): string {
  const columns = fields.map((field) => `${dialect.identifier(field.name)} ${dialect.typeName(field.type)}`)
  return `create temporary table ${dialect.identifier(name)} (${columns.join(', ')})`
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
