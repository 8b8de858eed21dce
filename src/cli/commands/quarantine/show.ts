import { WaterworksError } from '../../../errors/waterworks-error.ts'
import { JsonScanner, jsonString } from '../../../formats/json/json-scanner.ts'
import { readRows } from '../../../owner/reader.ts'
import { QUARANTINE } from '../../../run/load/warehouse-tables.ts'
import { quarantineCondition } from '../../../run/replay/quarantine-filter.ts'
import type { Invocation } from '../../command.ts'
import { withReader } from '../../compose/open-reader.ts'
import { relationExists } from '../../compose/relation-exists.ts'
import { type OpenProject, openProject } from '../../compose/workspace.ts'
import { maskShape } from '../../mask-shape.ts'
import type { Output } from '../../output.ts'
import { rowLimit } from '../../print-result.ts'
import { renderTable } from '../../render-table.ts'
import { sayAmount, sayCount } from '../../say-number.ts'
import { quarantineFilter, requirePipeline } from './filter.ts'

const SHOWN = 20

interface Entry {
  readonly id: string
  readonly pipeline: string
  readonly stream: string
  readonly runId: string
  readonly origin: string
  readonly record: number | null
  readonly line: number | null
  readonly byte: number | null
  readonly reason: string
  readonly rejectedAt: string
  readonly replayedAt: string | null
  /** What arrived, by column, as text; masked unless it is to be revealed. */
  readonly values: Readonly<Record<string, string | null>>
}

/** `quarantine show`: rejected rows with their reason and place; their values by shape only, unless --reveal. */
export async function showQuarantine(invocation: Invocation, ids: readonly string[]): Promise<number> {
  const { flags, output } = invocation
  const opened = await openProject(invocation)
  requirePipeline(flags.text('pipeline'), opened.project)
  const limit = rowLimit(flags.text('limit'), SHOWN)
  const { entries, total } = await read(opened, invocation, ids, limit)
  const missing = ids.find((id) => limit === undefined && !entries.some((entry) => entry.id === id))
  if (missing !== undefined || (ids.length > 0 && total === 0)) {
    throw new WaterworksError('WW7008', { message: `the quarantine has no row ${missing ?? ids[0]}` })
  }
  printEntries(entries, total, flags.isSet('reveal'), output)
  output.json({
    target: opened.targetName,
    total,
    revealed: flags.isSet('reveal'),
    entries: entries.map(jsonOf),
  })
  return 0
}

async function read(
  opened: OpenProject,
  { flags }: Invocation,
  ids: readonly string[],
  limit: number | undefined,
): Promise<{ readonly entries: readonly Entry[]; readonly total: number }> {
  const { dialect } = opened
  return withReader(opened, async (reader) => {
    if (!(await relationExists(reader, QUARANTINE))) return { entries: [], total: 0 }
    const from = `from ${dialect.relation(QUARANTINE)} where ${quarantineCondition(quarantineFilter(flags, ids), dialect)}`
    const [counted] = await readRows(reader, `select count(*) as n ${from}`)
    const rows = await readRows(
      reader,
      `select * ${from} order by rejected_at desc, pipeline, stream, load_id, record${limit === undefined ? '' : ` limit ${limit}`}`,
    )
    const show = flags.isSet('reveal') ? (text: string) => text : maskShape
    return { entries: rows.map((row) => entryOf(row, show)), total: Number(counted?.['n'] ?? 0) }
  })
}

function entryOf(row: Readonly<Record<string, unknown>>, show: (text: string) => string): Entry {
  const number = (key: string) => (row[key] === null || row[key] === undefined ? null : Number(row[key]))
  const text = (key: string) => String(row[key])
  return {
    id: text('quarantine_id'),
    pipeline: text('pipeline'),
    stream: text('stream'),
    runId: text('run_id'),
    origin: text('origin'),
    record: number('record'),
    line: number('line'),
    byte: number('byte'),
    reason: text('reason'),
    rejectedAt: text('rejected_at'),
    replayedAt: row['replayed_at'] === null ? null : text('replayed_at'),
    values: valuesOf(text('payload'), show),
  }
}

const scanner = new JsonScanner()

/** Numbers as they are written: reading them as numbers could lose digits. */
function valuesOf(payload: string, show: (text: string) => string): Entry['values'] {
  return Object.fromEntries(
    scanner.object(payload).map(({ key, kind, start, end }) => {
      const text = payload.slice(start, end)
      return [key, kind === 'null' ? null : show(kind === 'string' ? jsonString(text) : text)]
    }),
  )
}

function printEntries(entries: readonly Entry[], total: number, revealed: boolean, output: Output): void {
  const { paint } = output
  if (entries.length === 0) {
    output.print('No rows in quarantine.')
    return
  }
  for (const entry of entries) {
    const place = [
      entry.record === null ? '' : `record ${sayCount(entry.record)}`,
      entry.line === null ? '' : `line ${sayCount(entry.line)}`,
      entry.byte === null ? '' : `byte ${sayCount(entry.byte)}`,
    ].filter(Boolean)
    output.print(
      `${paint.strong(entry.id)}  ${entry.pipeline}.${entry.stream}  ${[entry.origin, ...place].join(', ')}`,
    )
    output.print(`  ${paint.warning(entry.reason)}`)
    const replayed = entry.replayedAt === null ? '' : `, replayed ${entry.replayedAt}`
    output.print(paint.faint(`  rejected ${entry.rejectedAt} by run ${entry.runId}${replayed}`))
    const values = Object.entries(entry.values).map(([name, value]) => [name, value ?? 'NULL'])
    for (const line of renderTable([{ title: 'column' }, { title: 'value' }], values, {
      indent: '    ',
    }).slice(1)) {
      output.print(line)
    }
    output.print('')
  }
  const shown = entries.length < total ? `the newest ${sayCount(entries.length)} of ` : ''
  const masked = revealed ? '' : '; values are masked to their shape, --reveal shows them'
  output.print(paint.faint(`(${shown}${sayAmount(total, 'row')}${masked})`))
}

function jsonOf({ id, runId, rejectedAt, replayedAt, ...entry }: Entry) {
  return { quarantine_id: id, ...entry, run_id: runId, rejected_at: rejectedAt, replayed_at: replayedAt }
}
