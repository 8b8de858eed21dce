/**
 * A Singer tap to test with: two streams, interleaved, of as many days as its config says, that goes on from its bookmarks,
 * the last day included. It misbehaves on request: `{"misbehave": {"what": "junk", "after": 12}}`.
 * https://github.com/singer-io/getting-started/blob/master/docs/SPEC.md
 */
import { spawn } from 'node:child_process'
import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

interface Config {
  readonly token: string
  readonly days: number
  /** Records between two states. */
  readonly stateEvery?: number
  /** A file that gets what it was started with. */
  readonly diary?: string
  readonly misbehave?: { readonly what: string; readonly after: number }
  /** Whether its state has no customary form. */
  readonly opaque?: boolean
  /** A file for records that go by BATCH. */
  readonly batch?: string
  readonly version?: number
  /** How many characters a record's text has. */
  readonly wide?: number
}

function file(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at === -1 ? undefined : process.argv[at + 1]
}

const configFile = file('--config') ?? ''
const config: Config = JSON.parse(readFileSync(configFile, 'utf8'))
const stateFile = file('--state')
const state = stateFile === undefined ? {} : JSON.parse(readFileSync(stateFile, 'utf8'))
const catalogFile = file('--catalog')
const catalog = catalogFile === undefined ? undefined : JSON.parse(readFileSync(catalogFile, 'utf8'))
const { misbehave } = config

const STREAMS = ['things', 'others']
const properties = {
  id: { type: 'integer' },
  day: { type: ['null', 'string'], format: 'date-time' },
  name: { type: ['null', 'string'] },
  amount: { type: ['null', 'number'] },
  nested: { type: ['null', 'object'], properties: {} },
  hidden: { type: ['null', 'string'] },
}

function say(message: unknown): Promise<void> | undefined {
  if (process.stdout.write(`${JSON.stringify(message)}\n`)) return undefined
  return new Promise((resolve) => process.stdout.once('drain', resolve))
}

function discover(): unknown {
  const inclusion = (name: string) =>
    name === 'id' ? 'automatic' : name === 'hidden' ? 'unsupported' : 'available'
  return {
    streams: STREAMS.map((stream) => ({
      tap_stream_id: `shop-${stream}`,
      stream,
      schema: { type: 'object', properties },
      metadata: [
        {
          breadcrumb: [],
          metadata: {
            inclusion: 'available',
            'table-key-properties': ['id'],
            'valid-replication-keys': ['day'],
          },
        },
        ...Object.keys(properties).map((name) => ({
          breadcrumb: ['properties', name],
          metadata: {
            inclusion: inclusion(name),
            ...(name === 'nested' ? { 'selected-by-default': false } : {}),
          },
        })),
      ],
    })),
  }
}

function saidOf(
  entry: { metadata: { breadcrumb: string[]; metadata: Record<string, unknown> }[] },
  ...path: string[]
) {
  return entry.metadata.find(({ breadcrumb }) => breadcrumb.join() === path.join())?.metadata ?? {}
}

async function misbehaving(count: number): Promise<void> {
  if (misbehave === undefined || count !== misbehave.after) return
  switch (misbehave.what) {
    case 'junk':
      process.stdout.write('Fetching rowvalue of page 3\n')
      return
    case 'exit':
      console.error(`CRITICAL 401 for token ${config.token}`)
      process.exit(3)
      break
    case 'die':
      // Half a record has left the pipe by then.
      await new Promise((resolve) => process.stdout.write('{"type": "RECORD", "stream": "thi', resolve))
      process.kill(process.pid, 'SIGKILL')
      break
    case 'half':
      await new Promise((resolve) => process.stdout.write('{"type": "RECORD", "stream": "thi', resolve))
      process.exit(0)
      break
    case 'silence':
      await new Promise((resolve) => setTimeout(resolve, 600_000))
      break
    case 'children': {
      const child = spawn('sleep', ['600'], { stdio: 'inherit' })
      appendFileSync(config.diary ?? '', `child ${child.pid}\ntap ${process.pid}\n`)
      process.on('SIGTERM', () => undefined)
      await new Promise((resolve) => setTimeout(resolve, 600_000))
      break
    }
    case 'unknown':
      await say({ type: 'GREETING', text: 'rowvalue' })
      return
    case 'early':
      await say({ type: 'RECORD', stream: 'others', record: { id: 1 } })
      return
    case 'empty state':
      await say({ type: 'STATE', value: {} })
  }
}

async function sync(): Promise<void> {
  const entries = (catalog?.streams ?? []).filter((entry: never) => saidOf(entry)['selected'] === true)
  const names: string[] = entries.map((entry: { stream: string }) => entry.stream)
  if (misbehave?.what === 'early') await misbehaving(misbehave.after)
  for (const entry of entries) {
    const selected = Object.keys(properties).filter(
      (name) => saidOf(entry, 'properties', name)['selected'] === true,
    )
    const schema = {
      type: 'object',
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => selected.includes(name))),
    }
    await say({ type: 'schema', stream: entry.stream, schema, key_properties: ['id'] })
  }
  const bookmarks: Record<string, { day: number }> = config.opaque
    ? Object.fromEntries(names.map((name) => [`shop-${name}`, { day: state.day ?? 0 }]))
    : structuredClone(state.bookmarks ?? {})
  const stateOf = () =>
    config.opaque ? { day: Math.min(...Object.values(bookmarks).map(({ day }) => day)) } : { bookmarks }
  const first = Math.min(...names.map((name) => bookmarks[`shop-${name}`]?.day ?? 1))
  let count = 0
  for (let id = Math.max(1, first); id <= config.days; id++) {
    for (const entry of entries) {
      if (id < (bookmarks[entry.tap_stream_id]?.day ?? 1)) continue
      const all: Record<string, unknown> = {
        id,
        day: new Date(Date.UTC(2024, 0, id)).toISOString(),
        name: 'x'.repeat(config.wide ?? 1),
        amount: id / 4,
        nested: { id },
        hidden: 'never',
      }
      const record = Object.fromEntries(
        Object.entries(all).filter(([name]) => saidOf(entry, 'properties', name)['selected'] === true),
      )
      if (config.batch !== undefined && id % 2 === 0) {
        const path = `${config.batch}-${entry.stream}-${id}.gz`
        writeFileSync(path, gzipSync(`${JSON.stringify(record)}\n`))
        const encoding = { format: 'jsonl', compression: 'gzip' }
        await say({ type: 'BATCH', stream: entry.stream, encoding, manifest: [`file://${path}`] })
      } else await say({ type: 'RECORD', stream: entry.stream, record, version: config.version })
      bookmarks[entry.tap_stream_id] = { day: id }
      await misbehaving(++count)
      if (count % (config.stateEvery ?? 5) === 0) await say({ type: 'STATE', value: stateOf() })
    }
  }
  if (config.version !== undefined) {
    for (const stream of names) await say({ type: 'ACTIVATE_VERSION', stream, version: config.version })
  }
  if (names.length > 0) await say({ type: 'STATE', value: stateOf() })
}

console.error(`INFO starting with token ${config.token}`)
if (process.argv.includes('--discover')) process.stdout.write(JSON.stringify(discover(), null, 1))
else {
  if (config.diary !== undefined) {
    const mode = (statSync(configFile).mode & 0o777).toString(8)
    appendFileSync(config.diary, `${JSON.stringify({ mode, configFile, state, catalog })}\n`)
  }
  await sync()
}
