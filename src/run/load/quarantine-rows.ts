import type { Dialect } from '../../engines/dialect.ts'
import type { Executor } from '../../engines/engine.ts'
import type { Incoming } from './incoming.ts'
import { FATE, FILTERED, PART, RECORD } from './load-columns.ts'
import type { StreamLoad } from './stream-load.ts'
import { QUARANTINE } from './warehouse-tables.ts'

/**
 * Writes the records that could not be read and the rows that were rejected to the quarantine, with what arrived
 * as payload, in the publishing transaction. Returns how many.
 * @param judged SQL that may stand in FROM: part, record and fate of every readable row; undefined when none was judged
 */
export async function quarantineRows(
  executor: Executor,
  load: StreamLoad,
  incoming: Incoming,
  judged: string | undefined,
): Promise<number> {
  const { dialect } = load.engine
  const malformed = `select ${PART}, ${RECORD}, line, byte, reason, payload from ${incoming.malformed} as _ww_bad`
  const rejected = judged === undefined ? [] : [rejectedRows(dialect, incoming, judged)]
  const name = dialect.identifier
  return executor.execute(
    `insert into ${dialect.relation(QUARANTINE)}
 (quarantine_id, pipeline, stream, run_id, load_id, origin, record, line, byte, reason, payload, rejected_at)
select substr(p.load_id, 1, 12) || '-' || q.${RECORD}, ${dialect.literal(load.pipeline.name)},
 ${dialect.literal(load.stream)}, ${dialect.literal(load.runId)}, p.load_id, p.origin, q.${RECORD}, q.line, q.byte,
 q.reason, q.payload, ${moment(dialect, load.now)}
from (${[malformed, ...rejected].join('\nunion all\n')}) as q
join ${partsTable(load)} as p on p.part = q.${name(PART)}`,
  )
}

function rejectedRows(dialect: Dialect, incoming: Incoming, judged: string): string {
  const whole = dialect.typeName({ kind: 'int64' })
  const payload = dialect.jsonObject(incoming.fields.map((field) => field.name))
  return `select r.${PART}, r.${RECORD}, cast(null as ${whole}) as line, cast(null as ${whole}) as byte,
 f.${FATE} as reason, r.payload
from (select ${PART}, ${RECORD}, ${payload} as payload from ${incoming.from} as _ww_raw) as r
join ${judged} as f on f.${PART} = r.${PART} and f.${RECORD} = r.${RECORD}
where f.${FATE} is not null and f.${FATE} <> '${FILTERED}'`
}

/** The load's parts as rows: part, load_id, origin. */
function partsTable(load: StreamLoad): string {
  const { literal } = load.engine.dialect
  const rows = load.parts.map((part, index) => `(${index}, ${literal(part.loadId)}, ${literal(part.origin)})`)
  return `(select * from (values ${rows.join(', ')}) as v (part, load_id, origin))`
}

/** The run's clock as a literal of the engine. */
export function moment(dialect: Dialect, now: string): string {
  return `cast(${dialect.literal(now)} as ${dialect.typeName({ kind: 'timestamptz' })})`
}
