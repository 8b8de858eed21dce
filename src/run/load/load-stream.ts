import { join } from 'node:path'
import type { Field } from '../../batch/logical-type.ts'
import type { Executor } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { failPoint } from '../../fail-point/fail-point.ts'
import { imbalance } from '../../ledger/imbalance.ts'
import { EMPTY_LEDGER, type Ledger } from '../../ledger/ledger.ts'
import type { Check, CheckResult } from '../../quality/check.ts'
import { failingRows } from '../../quality/failing-rows.ts'
import { blocks, runChecks } from '../run-checks.ts'
import { chooseStrategy } from './choose-strategy.ts'
import { compileTransform, type Transformation } from './compile-transform.ts'
import { conform, inTableOrder } from './conform.ts'
import { DROPPED, dropRows, survivors } from './drop-rows.ts'
import { fitSchema, type SchemaFit } from './fit-schema.ts'
import { type Incoming, stageIncoming } from './incoming.ts'
import { FATE, LOADED_AT, PART, RECORD, RUN_ID } from './load-columns.ts'
import { LoadHeld } from './load-held.ts'
import type { LoadOutcome } from './load-outcome.ts'
import { forgetQuarantined, moment, quarantineRows } from './quarantine-rows.ts'
import { recordLoad } from './record-load.ts'
import { judgeRows, splitGates } from './row-gates.ts'
import type { StreamLoad } from './stream-load.ts'

/**
 * Loads a stream's landed parts: everything that readers or the next run could see (rows, quarantine, position,
 * load ids) commits in one transaction, after the gates. A load that a gate or a policy stops is rolled back
 * and `held`. Throws WW5001 when the ledger does not balance (rolled back as well), and what the engine throws.
 */
export async function loadStream(load: StreamLoad): Promise<LoadOutcome> {
  const table = await load.session.inspect(load.target)
  const tableTypes = new Map(table?.fields.map((field) => [field.name, field.type]))
  const incoming = await stageIncoming(load, tableTypes)
  try {
    const outcome = await load.session.transaction(async (transaction) => {
      const published = await publish(transaction, load, incoming, table?.fields)
      await failPoint('before-commit')
      return published
    })
    await failPoint('after-commit')
    return outcome
  } catch (error) {
    if (!(error instanceof LoadHeld)) throw error
    return held(load, error)
  } finally {
    await incoming.discard()
    await load.session.execute(`drop table if exists ${DROPPED}`)
    await load.session.execute(`drop table if exists ${ARRIVED}`)
  }
}

/** The rows to apply, once they must be read more than once. */
const ARRIVED = '_ww_arrived'

async function publish(
  executor: Executor,
  load: StreamLoad,
  incoming: Incoming,
  table: readonly Field[] | undefined,
): Promise<LoadOutcome> {
  const { dialect } = load.engine
  const gates = splitGates(load.pipeline, dialect)
  const shaped = compileTransform(load.pipeline.transform.stages, incoming, dialect)
  const fit = fitSchema(await arrivedFields(executor, shaped), table, load.pipeline.load.schemaChanges)
  if (fit.refused.length > 0) throw new LoadHeld(`the schema changed: ${fit.refused.join(', ')}`)
  const judged = conform(judgeRows(shaped, gates.rejecting, load.pipeline, dialect), fit, dialect)

  const dropped = await dropRows(executor, dialect, judged, dedupeRules(load, judged))
  const reasons = { ...dropped.reasons, ...(await malformedReasons(executor, incoming)) }
  const rejected = sum(dropped.reasons) + incoming.malformedRows
  refuseIfAsked(load, table !== undefined, rejected, reasons)

  const anyDropped = dropped.filtered + dropped.deduplicated + sum(dropped.reasons) > 0
  const goingOn = survivors(judged.from, anyDropped)
  let select = inTableOrder(goingOn, judged.columns, fit.fields, dialect)
  if (load.pipeline.load.strategy === 'merge') {
    await executor.execute(`create temporary table ${ARRIVED} as ${select}`)
    select = `select * from ${ARRIVED}`
  }

  const preLoad = await gate(executor, load, gates.holding, `(${select}) as _ww_arriving`)
  const late = await countLate(executor, load, select)
  await prepareTable(executor, load, fit, table !== undefined)
  const target = dialect.relation(load.target)
  const rowsBefore = await countRows(executor, target)
  const applied = await chooseStrategy(load.pipeline.load)({
    executor,
    dialect,
    target: load.target,
    select,
    columns: fit.fields.map((field) => field.name),
    stamps: stamps(load),
  })
  const rowsAfter = await countRows(executor, target)
  const postLoad = await gateTable(executor, load, target)

  const ledger: Ledger = {
    ...EMPTY_LEDGER,
    extracted: load.parts.reduce((rows, part) => rows + part.records, 0),
    inserted: applied.inserted,
    updated: applied.updated,
    unchanged: applied.unchanged,
    deleted: applied.deleted,
    deduplicated: dropped.deduplicated,
    filtered: dropped.filtered,
    rejected,
    late,
    rows_before: rowsBefore,
    rows_after: rowsAfter,
    physical_inserts: applied.physicalInserts,
    physical_deletes: applied.physicalDeletes,
  }
  await forgetQuarantined(executor, load)
  await quarantine(executor, load, incoming, rejected)
  const problem = imbalance(ledger)
  if (problem !== undefined) {
    throw new WaterworksError('WW5001', { message: `${load.pipeline.name}.${load.stream}: ${problem}` })
  }
  const watermark = await newWatermark(executor, load, fit)
  await recordLoad(executor, load, watermark)
  for (const { sql, params } of load.alongside ?? []) await executor.execute(sql, params)
  return {
    status: 'loaded',
    ledger,
    checks: [...rejections(gates.rejecting, dropped.reasons), ...preLoad, ...postLoad],
    reasons,
    schema: schemaNames(fit),
    watermark,
    message: '',
  }
}

/** Names and types as rows leave the stages; SQL in a derive or filter that the engine refuses shows up here. */
async function arrivedFields(executor: Executor, shaped: Transformation): Promise<readonly Field[]> {
  const internal = new Set([PART, RECORD, FATE])
  const fields = (await executor.describe(`select * from ${shaped.from} as _ww_shape`)).filter(
    (field) => !internal.has(field.name),
  )
  const reserved = fields.find((field) => field.name === LOADED_AT || field.name === RUN_ID)
  if (reserved !== undefined) {
    throw new WaterworksError('WW4301', { message: `the data has a column named ${reserved.name}` })
  }
  return fields
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, n) => total + n, 0)
}

/** `fail-fast` stops at the first rejected row; a refused type change stops at the first value that does not fit. */
function refuseIfAsked(
  load: StreamLoad,
  tableExists: boolean,
  rejected: number,
  reasons: Readonly<Record<string, number>>,
): void {
  const { errorHandling, load: target } = load.pipeline
  if (rejected > 0 && (errorHandling.strategy === 'fail-fast' || errorHandling.strategy === 'retry')) {
    throw new LoadHeld(`${rejected} of the rows would be rejected, and ${errorHandling.strategy} allows none`)
  }
  const misfits = Object.keys(reasons).filter((reason) => /^column .*: cannot be read as /.test(reason))
  if (tableExists && target.schemaChanges.changed === 'refuse' && misfits.length > 0) {
    throw new LoadHeld(`values no longer fit the table's types: ${misfits.join('; ')}`)
  }
}

function dedupeRules(load: StreamLoad, judged: Transformation) {
  const { strategy, mergeKeys } = load.pipeline.load
  if (strategy !== 'merge') return judged.dedupe
  return [...judged.dedupe, { keys: mergeKeys, latestBy: load.pipeline.extract.incrementalKey }]
}

/** Runs gates on one relation; throws LoadHeld, with the failing rows kept as evidence, when one blocks. */
async function gate(
  executor: Executor,
  load: StreamLoad,
  checks: readonly Check[],
  from: string,
): Promise<readonly CheckResult[]> {
  if (checks.length === 0) return []
  const target = { from, dialect: load.engine.dialect, now: load.now }
  const results = await runChecks(executor, checks, target)
  const blocking = results.filter(blocks)
  if (blocking.length === 0) return results
  for (const result of blocking) {
    const check = checks.find((candidate) => candidate.name === result.name)
    const query = check && result.status === 'fail' ? failingRows(check, target) : undefined
    if (query === undefined) continue
    await executor.exportRows(
      query,
      join(load.evidence, `${load.pipeline.name}.${load.stream}.${result.name}.ndjson`),
    )
  }
  const names = blocking.map((result) => result.name).join(', ')
  throw new LoadHeld(`${blocking.length === 1 ? 'check' : 'checks'} ${names} failed`, results)
}

/** The pipeline's post-load gates and the checks of the graph that gate this table, by what each is over. */
async function gateTable(
  executor: Executor,
  load: StreamLoad,
  target: string,
): Promise<readonly CheckResult[]> {
  const own = load.pipeline.gates.postLoad.map((check) => ({ check, from: target }))
  const others = load.gates.map(({ check, relation }) => ({
    check,
    from: relation === undefined ? '(select 1) as _ww_none' : load.engine.dialect.relation(relation),
  }))
  const results: CheckResult[] = []
  for (const [from, gates] of Map.groupBy([...own, ...others], (each) => each.from)) {
    results.push(
      ...(await gate(
        executor,
        load,
        gates.map((each) => each.check),
        from,
      )),
    )
  }
  return results
}

async function countLate(executor: Executor, load: StreamLoad, select: string): Promise<number> {
  const { eventTime, maxLatenessHours } = load.pipeline.extract
  if (eventTime === undefined || maxLatenessHours === undefined || load.watermark === null) return 0
  const { dialect } = load.engine
  const bound = new Date(Date.parse(load.watermark) - maxLatenessHours * 3_600_000).toISOString()
  const [row] = await executor.rows(
    `select count(*) as n from (${select}) as _ww_timed where ${dialect.identifier(eventTime)} < ${moment(dialect, bound)}`,
  )
  return Number(row?.['n'] ?? 0)
}

async function prepareTable(
  executor: Executor,
  load: StreamLoad,
  fit: SchemaFit,
  exists: boolean,
): Promise<void> {
  const { dialect } = load.engine
  const target = dialect.relation(load.target)
  const column = (field: Field) => `${dialect.identifier(field.name)} ${dialect.typeName(field.type)}`
  if (exists) {
    for (const field of fit.added) await executor.execute(`alter table ${target} add column ${column(field)}`)
    return
  }
  const own = [
    ...fit.fields,
    { name: LOADED_AT, type: { kind: 'timestamptz' } },
    { name: RUN_ID, type: { kind: 'uuid' } },
  ] as const
  await executor.execute(`create table ${target} (${own.map(column).join(', ')})`)
}

function stamps(load: StreamLoad) {
  const { dialect } = load.engine
  const runId = `cast(${dialect.literal(load.runId)} as ${dialect.typeName({ kind: 'uuid' })})`
  return [
    { column: LOADED_AT, expression: moment(dialect, load.now) },
    { column: RUN_ID, expression: runId },
  ]
}

async function countRows(executor: Executor, target: string): Promise<number> {
  const [row] = await executor.rows(`select count(*) as n from ${target}`)
  return Number(row?.['n'] ?? 0)
}

async function malformedReasons(executor: Executor, incoming: Incoming): Promise<LoadOutcome['reasons']> {
  if (incoming.malformedRows === 0) return {}
  const rows = await executor.rows(
    `select reason, count(*) as n from ${incoming.malformed} as _ww_bad group by 1`,
  )
  return Object.fromEntries(rows.map((row) => [String(row['reason']), Number(row['n'])]))
}

async function quarantine(
  executor: Executor,
  load: StreamLoad,
  incoming: Incoming,
  rejected: number,
): Promise<void> {
  if (rejected === 0) return
  await failPoint('during-quarantine')
  const written = await quarantineRows(executor, load, incoming)
  if (written !== rejected) {
    throw new WaterworksError('WW5001', {
      message: `${load.pipeline.name}.${load.stream}: ${rejected} rows rejected, but ${written} quarantined`,
    })
  }
}

/** Gates that reject rows one by one never block: what they caught is a warning. */
function rejections(
  rejecting: readonly Check[],
  reasons: Readonly<Record<string, number>>,
): readonly CheckResult[] {
  return rejecting.map(({ name }) => {
    const failures = reasons[`check ${name} failed`] ?? 0
    const message = failures === 0 ? 'every row passes' : 'failing rows were quarantined'
    return { name, status: failures === 0 ? 'pass' : 'warn', failures, message, seconds: 0 }
  })
}

function schemaNames(fit: SchemaFit): LoadOutcome['schema'] {
  const names = (fields: readonly { readonly name: string }[]) => fields.map((field) => field.name)
  return { added: names(fit.added), removed: names(fit.removed), changed: names(fit.changed) }
}

async function newWatermark(executor: Executor, load: StreamLoad, fit: SchemaFit): Promise<string | null> {
  const { dialect } = load.engine
  const key = load.pipeline.extract.incrementalKey ?? load.pipeline.extract.eventTime
  if (key === undefined || !fit.fields.some((field) => field.name === key)) return null
  const [row] = await executor.rows(
    `select max(${dialect.identifier(key)}) as watermark from ${dialect.relation(load.target)}`,
  )
  const watermark = row?.['watermark'] ?? null
  return watermark === null ? null : String(watermark)
}

/** A held load changed nothing: every extracted row waits. */
async function held(load: StreamLoad, reason: LoadHeld): Promise<LoadOutcome> {
  const extracted = load.parts.reduce((rows, part) => rows + part.records, 0)
  const table = await load.session.inspect(load.target)
  const rows =
    table === undefined ? 0 : await countRows(load.session, load.engine.dialect.relation(load.target))
  return {
    status: 'held',
    ledger: { ...EMPTY_LEDGER, extracted, held: extracted, rows_before: rows, rows_after: rows },
    checks: reason.checks,
    reasons: {},
    schema: { added: [], removed: [], changed: [] },
    watermark: load.watermark,
    message: reason.message,
  }
}
