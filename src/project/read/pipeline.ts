import { suggest } from '../../errors/suggest.ts'
import { cronProblem } from '../cron.ts'
import { databaseUrl } from '../database-url.ts'
import { parseHours } from '../duration.ts'
import type { Intake } from '../intake.ts'
import type { Origin } from '../origin.ts'
import type { Privacy } from '../personal-data.ts'
import type { ApiExtract, ErrorHandling, Extract, FileSource, Pipeline, TapExtract } from '../pipeline.ts'
import type { ConnectionEntry } from '../schema/connection-entry.ts'
import { asList } from '../schema/fields.ts'
import type { PipelineEntry } from '../schema/pipeline-file.ts'
import type { PipelineDefaults } from '../schema/waterworks-file.ts'
import { isTimeZone } from '../time-zone.ts'
import { type FindRelation, readChecks } from './checks.ts'
import { readDatabase } from './database.ts'
import { readFiles } from './files.ts'
import { noteLaterKeys, readExtractStrategy } from './later-capabilities.ts'
import { readLoad } from './load.ts'
import { noteUnknownStreams } from './note-unknown-streams.ts'
import { readOperations } from './operations.ts'
import { readPersonal } from './personal.ts'
import { sftpRoot, storeFolder, storeKindOf } from './stores.ts'

export interface PipelineSurroundings {
  readonly intake: Intake
  readonly defaults: PipelineDefaults
  /** Connections of waterworks.yml by name; undefined keys of the file mean the built-in `files`. */
  readonly connections: Readonly<Record<string, ConnectionEntry>>
  /** Alert channels of waterworks.yml; none declared means that names are not checked. */
  readonly alertChannels: readonly string[]
  readonly findRelation: FindRelation
  /** What the pipeline reads of an API, where it does. */
  readonly api: ApiExtract | undefined
  /** What it reads of a tap, where it does. */
  readonly tap: TapExtract | undefined
  readonly privacy: Privacy
}

/** A validated pipeline file as a Pipeline, with every default filled in; what does not fit together is noted. */
export function readPipeline(entry: PipelineEntry, origin: Origin, around: PipelineSurroundings): Pipeline {
  const { intake, defaults } = around
  const at = (...path: (string | number)[]): Origin => ({
    file: origin.file,
    path: [...origin.path, ...path],
  })
  const problem = entry.schedule === undefined ? undefined : cronProblem(entry.schedule)
  if (problem !== undefined) intake.error('WW1023', at('schedule'), { message: `the schedule ${problem}` })
  const timezone = entry.timezone ?? defaults.timezone ?? 'UTC'
  if (entry.timezone !== undefined && !isTimeZone(entry.timezone)) {
    intake.error('WW1008', at('timezone'), {
      message: `"${entry.timezone}" is not a time zone`,
      hint: 'Use a name such as UTC or Europe/Paris.',
    })
  }
  noteLaterKeys(entry, origin, intake)
  const stages = (entry.transform?.stages ?? []).map(({ name, operations }, index) => ({
    name,
    operations: readOperations(operations, at('transform', 'stages', index, 'operations'), intake),
  }))
  const gate = (moment: 'pre_load' | 'post_load') =>
    readChecks(entry.quality_gates?.[moment] ?? [], {
      origin: at('quality_gates', moment),
      moment,
      intake,
      findRelation: around.findRelation,
    })
  const extract = readExtract(entry, origin, around)
  noteUnknownStreams(entry, extract, origin, intake)
  return {
    name: entry.name,
    description: entry.description ?? '',
    owner: entry.owner ?? defaults.owner,
    schedule: entry.schedule,
    timezone,
    slaMinutes: entry.sla_minutes,
    tier: entry.tier ?? defaults.tier ?? 2,
    tags: [...new Set([...asList(defaults.tags), ...asList(entry.tags)])],
    extract,
    transform: { stages },
    load: readLoad(entry, at('load'), around),
    gates: { preLoad: gate('pre_load'), postLoad: gate('post_load') },
    errorHandling: readErrorHandling(entry, at('error_handling'), around),
    origin,
  }
}

function readExtract(entry: PipelineEntry, origin: Origin, around: PipelineSurroundings): Extract {
  const { intake } = around
  const { extract } = entry
  const at = (key: string): Origin => ({ file: origin.file, path: [...origin.path, 'extract', key] })
  const strategy = readExtractStrategy(extract.strategy, at('strategy'), intake)
  if (
    strategy === 'incremental' &&
    extract.incremental_key === undefined &&
    extract.manifest === undefined &&
    extract.requests === undefined &&
    extract.tap === undefined &&
    !everyTableHasKey(extract.tables) &&
    !intake.isFaulty(at('incremental_key'))
  ) {
    intake.error('WW1020', at('strategy'), {
      message: `pipeline "${entry.name}" extracts incrementally but has no "incremental_key"`,
      hint: 'Add incremental_key: the column that grows as rows change.',
    })
  }
  const [timed, bounded] = [extract.event_time !== undefined, extract.max_lateness !== undefined]
  if (timed !== bounded && !intake.isFaulty(at('event_time')) && !intake.isFaulty(at('max_lateness'))) {
    const [given, lacking] = timed ? ['event_time', 'max_lateness'] : ['max_lateness', 'event_time']
    intake.error('WW1020', at(given), {
      message: `"${given}" means nothing without "${lacking}"`,
      hint: timed
        ? 'Add max_lateness, such as "3 days".'
        : 'Add event_time: the column that says when a row happened.',
    })
  }
  const hours = extract.max_lateness === undefined ? undefined : parseHours(extract.max_lateness)
  if (extract.max_lateness !== undefined && hours === undefined) {
    intake.error('WW1024', at('max_lateness'), { message: `"${extract.max_lateness}" is not a duration` })
  }
  const folder = connectionFolder(entry, at('connection'), around)
  const ownSchema = schemaOf(around.connections, extract.connection)
  const database = readDatabase(entry, extract.connection ?? '', ownSchema, origin, intake)
  const { api, tap } = around
  if ((database ?? extract.manifest ?? extract.requests ?? tap) !== undefined)
    refuseMixtures(entry, origin, strategy, intake)
  const personal = readPersonal(entry, around.privacy)
  const files = (database ?? api ?? tap) === undefined ? readFiles(entry, folder, origin, intake) : []
  return {
    sourceSystem: extract.source_system,
    strategy,
    incrementalKey: extract.incremental_key,
    eventTime: extract.event_time,
    maxLatenessHours: hours,
    files,
    store: storeOf(entry, files, origin, around),
    database,
    api,
    tap,
    ...(personal.shared.length > 0 || Object.keys(personal.streams).length > 0 ? { personal } : {}),
  }
}

/** Whether no table of the list needs the pipeline's own incremental key. */
function everyTableHasKey(tables: PipelineEntry['extract']['tables']): boolean {
  return (
    Array.isArray(tables) &&
    tables.every((table) => typeof table !== 'string' && table.incremental_key !== undefined)
  )
}

/** What cannot go together where tables are read. */
function refuseMixtures(
  { name, extract, load }: PipelineEntry,
  origin: Origin,
  strategy: Extract['strategy'],
  intake: Intake,
): void {
  const at = (...path: string[]): Origin => ({ file: origin.file, path: [...origin.path, ...path] })
  const refuse = (place: Origin, message: string, hint: string) =>
    intake.error('WW1040', place, { message: `pipeline "${name}" ${message}`, hint })
  const kinds = (['files', 'tables', 'manifest', 'requests', 'tap'] as const).filter(
    (key) => extract[key] !== undefined,
  )
  if (kinds.length > 1) {
    refuse(
      at('extract', kinds[0]!),
      `reads both ${kinds.slice(0, 2).join(' and ')}`,
      'Make two pipelines of it.',
    )
  }
  if (strategy === 'incremental' && load.strategy === 'truncate-reload') {
    refuse(
      at('load', 'strategy'),
      'reads what is new only, and would replace the whole table by it',
      'Use merge or append, or strategy: full.',
    )
  }
  if (strategy === 'incremental' && load.strategy === 'partition-swap') {
    refuse(
      at('load', 'strategy'),
      'reads what is new only, and would replace whole partitions by it',
      'Use merge or append, or strategy: full.',
    )
  }
  const keepsVersions = ['scd2', 'scd4', 'scd6'].includes(load.strategy)
  if (extract.reconcile?.action === 'soft-delete' && keepsVersions) {
    refuse(
      at('extract', 'reconcile', 'action'),
      'keeps versions, and would mark rows as deleted beside them',
      'Use action: delete. It ends the current version of a row, and its history stays.',
    )
  }
  if (extract.reconcile?.action === 'delete' && load.strategy === 'soft-delete') {
    refuse(
      at('extract', 'reconcile', 'action'),
      'marks deleted rows, and would delete them when it reconciles',
      'Use action: soft-delete.',
    )
  }
  if (strategy === 'full' && load.strategy === 'append') {
    refuse(
      at('load', 'strategy'),
      'reads everything each time, and would add every row again',
      'Use truncate-reload or merge, or strategy: incremental.',
    )
  }
  const appends = strategy === 'incremental' && load.strategy === 'append'
  const identified = asList(load.merge_keys).length > 0
  if (appends && !identified && extract.lag !== undefined && extract.lag !== 0) {
    refuse(
      at('extract', 'lag'),
      'appends, and rows read again because of "lag" could not be told from new ones',
      'Add load.merge_keys, the columns that say which row is which, or use merge.',
    )
  }
  if (appends && !identified && extract.on_null_key === 'include') {
    refuse(
      at('extract', 'on_null_key'),
      'appends, and rows without a key are read each time',
      'Add load.merge_keys, the columns that say which row is which, or use merge.',
    )
  }
}

/** Where tables are that are named alone. What MySQL calls a schema is a database. */
function schemaOf(
  connections: PipelineSurroundings['connections'],
  name: string | undefined,
): string | undefined {
  const connection = name !== undefined && Object.hasOwn(connections, name) ? connections[name] : undefined
  if (connection?.type !== 'mysql') return undefined
  const { database, url } = connection
  return database ?? (url === undefined ? undefined : databaseUrl('mysql', url)?.database)
}

/** Where files are: undefined for the disk, null for a store without a connection. */
function storeOf(
  { name, extract }: PipelineEntry,
  files: readonly FileSource[],
  origin: Origin,
  { connections, intake }: PipelineSurroundings,
): string | null | undefined {
  const kinds = new Set(files.flatMap(({ paths }) => paths.map(storeKindOf)))
  if (kinds.size > 1) {
    intake.error('WW1040', origin, {
      message: `pipeline "${name}" reads files of the disk and of a store`,
      hint: 'Give each place a pipeline of its own.',
    })
  }
  const [kind] = kinds
  if (kind === undefined) return undefined
  const wanted = extract.connection
  const connection =
    wanted !== undefined && Object.hasOwn(connections, wanted) ? connections[wanted] : undefined
  const isElsewhere = (path: string) =>
    connection?.type === 'sftp' && !path.startsWith(`${sftpRoot(connection)}/`)
  if (connection?.type === kind && !files.some(({ paths }) => paths.some(isElsewhere))) return wanted
  if (kind === 'sftp') {
    intake.error('WW1040', origin, {
      message: `pipeline "${name}" reads files of a server without saying how to log in there`,
      hint: 'Name the connection of type sftp that leads there; paths start from the folder that it says.',
    })
  }
  return null
}

function connectionFolder(
  { name, extract }: PipelineEntry,
  origin: Origin,
  { connections, intake }: PipelineSurroundings,
): string | undefined {
  const wanted = extract.connection
  if (wanted === undefined) {
    if (extract.tables !== undefined) {
      intake.error('WW1005', origin, {
        message: `pipeline "${name}" does not say which database its tables are of`,
        hint: 'Add connection: a name in waterworks.yml.',
      })
    }
    return undefined
  }
  const connection = Object.hasOwn(connections, wanted) ? connections[wanted] : undefined
  if (connection?.type === 'files') {
    if (extract.tables !== undefined) {
      const message = `pipeline "${name}" reads tables, and the connection "${wanted}" has files`
      intake.error('WW1040', origin, { message, hint: 'Name a connection of type postgres or mysql.' })
    }
    return connection.path
  }
  if (connection?.type === 's3' || connection?.type === 'sftp') {
    if (extract.tables !== undefined) {
      const message = `pipeline "${name}" reads tables, and the connection "${wanted}" has files`
      intake.error('WW1040', origin, { message, hint: 'Name a connection of type postgres or mysql.' })
    }
    return storeFolder(connection)
  }
  if (connection?.type === 'postgres' || connection?.type === 'mysql') {
    if (extract.files === undefined) return undefined
    const message = `pipeline "${name}" reads files, and the connection "${wanted}" is a database`
    intake.error('WW1040', origin, { message, hint: 'Name a connection of type files, or read tables.' })
  } else if (connection) {
    const message = `pipeline "${name}" cannot read from a connection of type "${connection.type}" yet`
    // Reading files of that name from the disk instead would load other data.
    if (extract.files === undefined) intake.warn('WW1909', origin, { message })
    else intake.error('WW1909', origin, { message })
  } else if (wanted !== 'files') {
    const near = suggest(wanted, [...Object.keys(connections), 'files'])
    intake.error('WW1014', origin, {
      message: `there is no connection "${wanted}" in waterworks.yml`,
      hint: near ? `Did you mean "${near}"?` : undefined,
    })
  }
  return undefined
}

function readErrorHandling(
  entry: PipelineEntry,
  origin: Origin,
  around: PipelineSurroundings,
): ErrorHandling {
  const given = { ...around.defaults.error_handling, ...entry.error_handling }
  const channels = given.alert_channels ?? []
  const declared = around.alertChannels
  for (const [index, channel] of (entry.error_handling?.alert_channels ?? []).entries()) {
    if (declared.length === 0 || declared.includes(channel)) continue
    const near = suggest(channel, declared)
    around.intake.error(
      'WW1015',
      { file: origin.file, path: [...origin.path, 'alert_channels', index] },
      {
        message: `there is no alert channel "${channel}" in waterworks.yml`,
        hint: near ? `Did you mean "${near}"?` : `Channels: ${declared.join(', ')}.`,
      },
    )
  }
  return {
    strategy: given.strategy ?? 'fail-fast',
    maxRetries: given.max_retries ?? 3,
    retryDelaySeconds: given.retry_delay_seconds ?? 300,
    timeoutSeconds: given.timeout_seconds,
    alertChannels: channels,
  }
}
