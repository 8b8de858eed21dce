import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import { holdsWhole } from '../../project/load-strategy.ts'
import { rejectedRows } from './drop-rows.ts'
import type { Incoming } from './incoming.ts'
import { FATE, ROW, ROWS_PER_PART } from './load-columns.ts'
import { moment } from './moment.ts'
import { partsTable } from './parts-table.ts'
import type { StreamLoad } from './stream-load.ts'
import { QUARANTINE } from './warehouse-tables.ts'

/**
 * Writes the records that could not be read and the rows that were rejected to the quarantine, with what arrived
 * as payload, in the publishing transaction. Returns how many.
 */
export async function quarantineRows(
  executor: Executor,
  load: StreamLoad,
  incoming: Incoming,
): Promise<number> {
  const { dialect } = load.engine
  const record = `(q.${ROW} % ${ROWS_PER_PART})`
  const malformed = `select ${ROW}, line, byte, reason, payload from ${incoming.malformed} as _ww_bad`
  return executor.execute(
    `insert into ${dialect.relation(QUARANTINE)}
 (quarantine_id, pipeline, stream, run_id, load_id, origin, record, line, byte, reason, payload, rejected_at)
select substr(p.load_id, 1, 12) || '-' || ${record}, ${dialect.literal(load.pipeline.name)},
 ${dialect.literal(load.stream)}, ${dialect.literal(load.runId)}, p.load_id, p.origin, ${record}, q.line, q.byte,
 q.reason, q.payload, ${moment(dialect, load.now)}
from (${malformed}
union all
${rejected(dialect, incoming)}) as q
join ${partsTable(load)} as p on p.first < q.${ROW} and q.${ROW} < p.first + ${ROWS_PER_PART}`,
  )
}

/**
 * Clears the quarantine of the content that a full reload takes again: what it rejects this time is what is rejected
 * of it, what it takes must not be replayed as well, and what was replayed is gone from the table with the rest.
 */
export async function forgetQuarantined(executor: Executor, load: StreamLoad): Promise<void> {
  const { dialect } = load.engine
  if (!holdsWhole(load.pipeline)) return
  const ids = load.parts.map((part) => dialect.literal(part.loadId))
  await executor.execute(`delete from ${dialect.relation(QUARANTINE)} where load_id in (${ids.join(', ')})`)
}

/** What arrived of the rejected rows. Joined first: a payload is made of those few alone, and engines skip the others. */
function rejected(dialect: Dialect, incoming: Incoming): string {
  const whole = dialect.typeName({ kind: 'int64' })
  const { fields, columns } = incoming.raw
  const names = fields.map((field) => field.name)
  const payload = columns === undefined ? dialect.jsonObject(names) : dialect.jsonObject(columns, names)
  return `select k.${ROW}, cast(null as ${whole}) as line, cast(null as ${whole}) as byte, k.${FATE} as reason, ${payload} as payload
from (select r.*, f.${FATE} from ${incoming.raw.from} as r join ${rejectedRows()} as f on f.${ROW} = r.${ROW}) as k`
}
