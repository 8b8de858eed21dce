import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { LandedPart } from '../../../landing/landed-part.ts'
import { type Reader, readRows } from '../../../owner/reader.ts'
import { ago } from '../../../plan/ago.ts'
import { QUARANTINE } from '../../../run/load/warehouse-tables.ts'
import { IS_MALFORMED, quarantineCondition } from '../../../run/replay/quarantine-filter.ts'
import type { Invocation } from '../../command.ts'
import { heldLoads } from '../../compose/held-loads.ts'
import { withReader } from '../../compose/open-reader.ts'
import { relationExists } from '../../compose/relation-exists.ts'
import { type OpenProject, openProject } from '../../compose/workspace.ts'
import type { Output } from '../../output.ts'
import { renderTable } from '../../render-table.ts'
import { sayAmount, sayCount } from '../../say-number.ts'
import { quarantineFilter, requirePipeline } from './filter.ts'

interface Group {
  readonly pipeline: string
  readonly stream: string
  readonly reason: string
  readonly rows: number
  readonly malformed: number
  readonly replayed: number
  readonly newest: string
}

/** `quarantine list`: rows by pipeline, stream and reason, and the loads that wait. Never a value of a row. */
export async function listQuarantine(invocation: Invocation, ids: readonly string[]): Promise<number> {
  const { flags, output } = invocation
  if (ids.length > 0) throw new WaterworksError('WW7001', { message: 'quarantine list takes no ids' })
  const opened = await openProject(invocation)
  requirePipeline(flags.text('pipeline'), opened.project)
  const { groups, held } = await gather(opened, invocation)
  printGroups(groups, output)
  printHeld(held, opened.now, output)
  output.json({
    target: opened.targetName,
    rejected: groups,
    held: held.map(({ loadId, pipeline, stream, origin, records, bytes, landedAt }) => ({
      load_id: loadId,
      pipeline,
      stream,
      origin,
      records,
      bytes,
      landed_at: landedAt,
    })),
  })
  return 0
}

async function gather(
  opened: OpenProject,
  { flags }: Invocation,
): Promise<{ readonly groups: readonly Group[]; readonly held: readonly LandedPart[] }> {
  // A load is not rejected for a reason by a run: such filters leave rows only.
  const wantsHeld = flags.text('reason') === undefined && flags.text('run') === undefined
  const pipeline = flags.text('pipeline')
  const ofPipeline = (parts: readonly LandedPart[]) =>
    wantsHeld ? parts.filter((part) => pipeline === undefined || part.pipeline === pipeline) : []
  try {
    return await withReader(opened, async (reader) => ({
      groups: await readGroups(reader, opened, flags),
      held: ofPipeline(await heldLoads(opened, reader)),
    }))
  } catch (error) {
    if (!(error instanceof WaterworksError) || error.code !== 'WW7004') throw error
    return { groups: [], held: ofPipeline(await heldLoads(opened, undefined)) }
  }
}

async function readGroups(
  reader: Reader,
  { dialect }: OpenProject,
  flags: Invocation['flags'],
): Promise<readonly Group[]> {
  if (!(await relationExists(reader, QUARANTINE))) return []
  const rows = await readRows(
    reader,
    `select pipeline, stream, reason, count(*) as n, max(rejected_at) as newest,
 sum(case when ${IS_MALFORMED} then 1 else 0 end) as malformed, count(replayed_at) as replayed
from ${dialect.relation(QUARANTINE)} where ${quarantineCondition(quarantineFilter(flags, []), dialect)}
group by 1, 2, 3 order by 1, 2, 4 desc, 3`,
  )
  return rows.map((row) => ({
    pipeline: String(row['pipeline']),
    stream: String(row['stream']),
    reason: String(row['reason']),
    rows: Number(row['n']),
    malformed: Number(row['malformed']),
    replayed: Number(row['replayed']),
    newest: String(row['newest']),
  }))
}

function printGroups(groups: readonly Group[], output: Output): void {
  if (groups.length === 0) {
    output.print('No rows in quarantine.')
    return
  }
  const hasReplayed = groups.some((group) => group.replayed > 0)
  const rows = groups.map(({ pipeline, stream, reason, rows: count, replayed, newest }) => [
    pipeline,
    stream,
    reason,
    sayCount(count),
    ...(hasReplayed ? [sayCount(replayed)] : []),
    newest,
  ])
  const columns = [
    { title: 'pipeline' },
    { title: 'stream' },
    { title: 'reason' },
    { title: 'rows', align: 'right' as const },
    ...(hasReplayed ? [{ title: 'replayed', align: 'right' as const }] : []),
    { title: 'newest' },
  ]
  for (const line of renderTable(columns, rows, { heading: output.paint.faint })) output.print(line)
  const malformed = groups.reduce((sum, group) => sum + group.malformed, 0)
  if (malformed > 0) {
    output.print('')
    output.print(
      `${sayAmount(malformed, 'record')} not well-formed: ${malformed === 1 ? 'it' : 'they'} cannot be replayed until the file is mended.`,
    )
  }
}

function printHeld(held: readonly LandedPart[], now: string, output: Output): void {
  if (held.length === 0) return
  const rows = held.map(({ loadId, pipeline, stream, origin, records, landedAt }) => [
    loadId.slice(0, 12),
    pipeline,
    stream,
    origin,
    sayCount(records),
    ago(landedAt, now),
  ])
  const columns = [
    { title: 'load' },
    { title: 'pipeline' },
    { title: 'stream' },
    { title: 'file' },
    { title: 'records', align: 'right' as const },
    { title: 'landed' },
  ]
  output.print('')
  output.print(`${sayAmount(held.length, 'load')} landed and not loaded (the next build tries again):`)
  for (const line of renderTable(columns, rows, { indent: '  ', heading: output.paint.faint }))
    output.print(line)
}
