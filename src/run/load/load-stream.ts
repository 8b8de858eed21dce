import type { Field } from '../../batch/logical-type.ts'
import type { RealChange } from '../../drift/column-change.ts'
import type { Executor } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { failPoint } from '../../fail-point/fail-point.ts'
import { countRecords } from '../../landing/count-records.ts'
import { imbalance } from '../../ledger/imbalance.ts'
import { EMPTY_LEDGER, type Ledger } from '../../ledger/ledger.ts'
import { traitsOf } from '../../project/load-strategy.ts'
import { streamsOf } from '../../project/pipeline.ts'
import { schemaChangesOf } from '../../project/schema-changes.ts'
import { compileTransform } from '../../transform/compile-transform.ts'
import type { Transformation } from '../../transform/transformation.ts'
import { arrivedChanges, describeArriving } from './arrived-changes.ts'
import { assumedClean, isRefuted, mayAssumeClean } from './assume-clean.ts'
import { applyChildren, childTables, listRoots, ROOTS } from './child-tables.ts'
import { chooseStrategy } from './choose-strategy.ts'
import { columnsOfTable } from './columns-of-table.ts'
import { conform, inTableOrder } from './conform.ts'
import { countLeftOut } from './count-left-out.ts'
import { CURRENT } from './current-rows.ts'
import { describeShape } from './describe-shape.ts'
import { sayDiscarded, sayVariants } from './discarded.ts'
import { DROPPED } from './drop-rows.ts'
import { dropMappings, fillMappings } from './fill-mappings.ts'
import { fitSchema, type SchemaFit } from './fit-schema.ts'
import { gateTable, rejections } from './gate-load.ts'
import { historyColumns } from './history-columns.ts'
import { type Incoming, stageIncoming } from './incoming.ts'
import { judgeStrangers } from './judge-strangers.ts'
import type { Judgement } from './judgement.ts'
import { keepShaped, SHAPED } from './keep-shaped.ts'
import { knownShape, NO_SHAPE, rememberShape } from './known-shape.ts'
import { ROW } from './load-columns.ts'
import { LoadHeld } from './load-held.ts'
import type { LoadOutcome } from './load-outcome.ts'
import { ROW_KEY } from './nested-columns.ts'
import { nullsOf } from './nulls-of.ts'
import { prepareTables, type TablesBefore } from './prepare-tables.ts'
import { forgetQuarantined, quarantineRows } from './quarantine-rows.ts'
import { recordLoad } from './record-load.ts'
import { recordTreatment } from './record-treatment.ts'
import { refuseChanges, refuseMisfits } from './refuse-changes.ts'
import { refuseLikeNames } from './refuse-like-names.ts'
import { refuseNewTable } from './refuse-new-table.ts'
import { refuseRewrittenKeys } from './refuse-rewritten-keys.ts'
import { reservedNames } from './reserved-names.ts'
import { rowByRow } from './row-by-row.ts'
import { judgeByGates, type PreLoadGates, splitGates } from './row-gates.ts'
import { withRowKeys } from './row-keys.ts'
import { hasShapeOfLastLoad } from './same-shape.ts'
import { VERSIONS } from './scd2.ts'
import { HEADS } from './scd3.ts'
import { historyTable } from './scd4.ts'
import { type Shaping, shapingOf } from './shaping.ts'
import { sortLists } from './sort-lists.ts'
import type { StreamLoad } from './stream-load.ts'
import { countRows, stamps } from './target-table.ts'
import { countLate, newWatermark } from './watermark.ts'
import { widenings, widerTypes } from './widenings.ts'
import { withNamedKeys } from './with-named-keys.ts'

/**
 * Loads a stream's landed parts: everything that readers or the next run could see (rows, quarantine, position,
 * load ids) commits in one transaction, after the gates. A load that a gate or a policy stops is rolled back
 * and `held`. Throws WW5001 when the ledger does not balance (rolled back as well), and what the engine throws.
 */
export async function loadStream(asked: StreamLoad): Promise<LoadOutcome> {
  const load = withNamedKeys(asked)
  const table = await load.session.inspect(load.target)
  const keepsHistory = traitsOf(load.pipeline.load.strategy).versions === 'beside it'
  const versions = keepsHistory ? await load.session.inspect(historyTable(load.target)) : undefined
  const tableTypes = new Map(table?.fields.map((field) => [field.name, field.type]))
  const shaping = await shapingOf(load, () => knownShape(load.session, load))
  const readTypes = new Map([...tableTypes, ...(await widerTypes(load, table?.fields, shaping))])
  const arriving = await describeArriving(load, table?.fields, shaping !== undefined)
  const gates = splitGates(load.pipeline, load.engine.dialect)
  const attempt = async (judgement: Judgement): Promise<LoadOutcome> => {
    let incoming: Incoming | undefined
    try {
      incoming = await stageIncoming(load, readTypes, judgement.assumesClean, shaping)
      const staged = incoming
      const children = await childTables(load, staged, shaping, table === undefined)
      const outcome = await load.session.transaction(async (transaction) => {
        const before = { table: table?.fields, versions: versions?.fields, children }
        const arrived = { gates, incoming: staged, ...before, arriving, shaping }
        const published = await publish(transaction, load, judgement, arrived)
        await failPoint('before-commit')
        return published
      })
      await failPoint('after-commit')
      return outcome
    } catch (error) {
      if (!(error instanceof LoadHeld)) throw error
      return held(load, error)
    } finally {
      await cleanUp(load, incoming)
    }
  }
  const tableExists = table !== undefined
  const carefully = () => attempt(rowByRow(load, gates, tableExists))
  if (!(await mayAssumeClean(load, gates, tableExists))) return carefully()
  try {
    return await attempt(assumedClean(load, gates))
  } catch (error) {
    if (!isRefuted(error)) throw error
    return carefully()
  }
}

/** Where the session itself is broken its temporary tables go with it, and the first error is the one to tell. */
async function cleanUp(load: StreamLoad, incoming: Incoming | undefined): Promise<void> {
  try {
    await incoming?.discard()
    for (const name of [SHAPED, DROPPED, ARRIVED, ROOTS, CURRENT, HEADS, VERSIONS])
      await load.session.execute(`drop table if exists ${name}`)
  } catch {
    await load.session.close().catch(() => undefined)
  }
}

/** The rows to apply, once they must be read more than once. */
const ARRIVED = '_ww_arrived'

interface Arrived extends TablesBefore {
  readonly gates: PreLoadGates
  readonly incoming: Incoming
  /** The columns as the source has them, where they differ from what is loaded. */
  readonly arriving: readonly Field[] | undefined
  readonly shaping: Shaping | undefined
}

async function publish(
  executor: Executor,
  load: StreamLoad,
  judgement: Judgement,
  { gates, incoming, table, versions, children: lists, arriving, shaping }: Arrived,
): Promise<LoadOutcome> {
  const { dialect } = load.engine
  if (table === undefined) await refuseNewTable(executor, load)
  const shaped = compileStages(load, incoming, table)
  refuseRewrittenKeys(load, shaped)
  await fillMappings(executor, shaped, load)
  const arrived = await arrivedFields(executor, shaped, reservedNames(load.pipeline))
  const policy = schemaChangesOf(load.pipeline.load, load.stream)
  const widened = { relation: load.target, there: table }
  const wider = await widenings(executor, dialect, widened, arrived, policy, shaped.from)
  const fit = fitSchema(arrived, table, policy, reservedNames(load.pipeline), wider)
  const known = shaping?.known ?? NO_SHAPE
  const nested = new Set(known.columns.filter(({ source }) => source.length > 1).map(({ column }) => column))
  const found = arrivedChanges(load, table, arriving ?? arrived, nested)
  refuseChanges(load, found)
  const changes = [...found, ...fit.added.filter(({ name }) => incoming.variants.has(name)).map(added)]
  refuseLikeNames(load, fit.fields)
  const { written: children, rejecting, leftOut } = sortLists(lists)
  if (children.length > 0 && (shaped.expanded || shaped.folded)) {
    throw new WaterworksError('WW4453', {
      message: `${load.pipeline.name}.${load.stream}: its lists become tables, and its stages make rows of others`,
    })
  }
  const kept = await keepShaped(executor, shaped, dialect)
  const left = fit.left.map(({ name }) => name)
  const strangers = policy.columns === 'discard_row' ? left : []
  const placed = judgeStrangers(kept, strangers, rejecting, dialect)
  const judged = conform(
    judgeByGates(placed, gates.rejecting, load.pipeline, dialect),
    fit,
    policy.types,
    dialect,
  )

  const sorted = await judgement.sort(executor, judged, fit)
  const reasons = { ...sorted.reasons, ...(await malformedReasons(executor, incoming)) }
  const rejected = sum(sorted.reasons) + incoming.malformedRows
  refuseMisfits(load, table !== undefined, rejected, reasons, changes)

  const { discarded, variants } = await countLeftOut(executor, load, {
    judgement,
    kept,
    fit,
    lists: leftOut,
    incoming,
  })
  const history = historyColumns(load.pipeline.load, fit.fields)
  const columns = fit.fields.map((field) => field.name)
  let rows = inTableOrder(sorted.from, judged.columns, fit.fields, dialect)
  const hasChildren = children.length > 0
  if (hasChildren) {
    const numbered = inTableOrder(sorted.from, judged.columns, fit.fields, dialect, [ROW])
    await executor.execute(`create temporary table ${ARRIVED} as ${withRowKeys(load, numbered)}`)
    columns.push(ROW_KEY)
    rows = `select ${columns.map((name) => dialect.identifier(name)).join(', ')} from ${ARRIVED}`
  } else if (traitsOf(load.pipeline.load.strategy).keyed) {
    await executor.execute(`create temporary table ${ARRIVED} as ${rows}`)
    rows = `select * from ${ARRIVED}`
  }
  const { select, checks: preLoad } = await judgement.gate(executor, rows)

  const late = await countLate(executor, load, select, table !== undefined)
  await prepareTables(executor, load, fit, history, { table, versions, children })
  const target = dialect.relation(load.target)
  const rowsBefore = await countRows(executor, target)
  if (hasChildren) await listRoots(executor, load, ARRIVED, columns)
  const applied = await chooseStrategy(
    load.pipeline,
    history,
    load.now,
  )({
    executor,
    dialect,
    target: load.target,
    select,
    columns,
    stamps: stamps(load),
  })
  judgement.confirm(applied.inserted)
  const rowsAfter = await countRows(executor, target)
  const written = await applyChildren(executor, load, children, applied, table !== undefined)
  const postLoad = await gateTable(executor, load, target)

  const ledger: Ledger = {
    ...EMPTY_LEDGER,
    extracted: countRecords(load.parts) + applied.missing,
    expanded: sorted.expanded,
    inserted: applied.inserted,
    updated: applied.updated,
    unchanged: applied.unchanged,
    deleted: applied.deleted,
    deduplicated: sorted.deduplicated + applied.outdated,
    filtered: sorted.filtered,
    folded: sorted.folded,
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
  await failPoint('before-position')
  const schema =
    changes.length > 0 && !isAltered(fit) && (await hasShapeOfLastLoad(executor, load))
      ? { ...schemaNames(fit, []), removed: [], changed: [] }
      : schemaNames(fit, changes)
  const watermark = await newWatermark(executor, load, fit)
  await recordLoad(executor, load, watermark)
  await recordTreatment(executor, load)
  const remembered = incoming.shape.children.filter(({ path }) =>
    children.some((child) => child.path === path),
  )
  await rememberShape(executor, load, { ...incoming.shape, children: remembered }, known)
  await dropMappings(executor, shaped)
  for (const { sql, params } of load.alongside ?? []) await executor.execute(sql, params)
  return {
    status: 'loaded',
    ledger,
    checks: [...rejections(gates.rejecting, sorted.reasons), ...preLoad, ...postLoad],
    reasons,
    schema: { ...schema, columns: fit.fields, isNew: table === undefined },
    children: written,
    discarded,
    watermark,
    message: [sayDiscarded(discarded), sayVariants(variants)].filter(Boolean).join('; '),
  }
}

/** The stages over what arrived; no rows of the table's own columns where nothing says what the columns are. */
function compileStages(
  load: StreamLoad,
  incoming: Incoming,
  table: readonly Field[] | undefined,
): Transformation {
  const { engine, pipeline, lookups } = load
  const { dialect } = engine
  const { from, fields, defect } = incoming
  if (fields.length === 0) {
    const known = columnsOfTable(load, incoming, table)
    return compileTransform(
      [],
      { from: `(select ${nullsOf(known, dialect)} where false)`, fields: known },
      dialect,
    )
  }
  const shared = streamsOf(pipeline.extract).length > 1
  return compileTransform(pipeline.transform.stages, { from, fields, defect, shared, lookups }, dialect)
}

/** Names and types as rows leave the stages; SQL in a derive or filter that the engine refuses shows up here. */
async function arrivedFields(
  executor: Executor,
  shaped: Transformation,
  names: readonly string[],
): Promise<readonly Field[]> {
  const fields = await describeShape((sql) => executor.describe(sql), shaped)
  const reserved = fields.find((field) => names.includes(field.name))
  if (reserved !== undefined) {
    throw new WaterworksError('WW4301', { message: `the data has a column named ${reserved.name}` })
  }
  return fields
}

/** Whether the table has other columns after the load than before. */
function isAltered({ added, widened }: SchemaFit): boolean {
  return added.length + widened.length > 0
}

function added({ name, type }: Field): RealChange {
  return { kind: 'added', column: name, to: type }
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, n) => total + n, 0)
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

function schemaNames(fit: SchemaFit, changes: readonly RealChange[]): LoadOutcome['schema'] {
  const names = (fields: readonly { readonly name: string }[]) => fields.map((field) => field.name)
  return { changes, added: names(fit.added), removed: names(fit.removed), changed: names(fit.changed) }
}

/** A held load changed nothing: every extracted row waits. */
async function held(load: StreamLoad, reason: LoadHeld): Promise<LoadOutcome> {
  const extracted = countRecords(load.parts)
  const table = await load.session.inspect(load.target)
  const rows =
    table === undefined ? 0 : await countRows(load.session, load.engine.dialect.relation(load.target))
  return {
    status: 'held',
    ledger: { ...EMPTY_LEDGER, extracted, held: extracted, rows_before: rows, rows_after: rows },
    checks: reason.checks,
    reasons: {},
    schema: { changes: reason.changes, added: [], removed: [], changed: [] },
    children: [],
    discarded: [],
    watermark: load.watermark,
    message: reason.message,
  }
}
