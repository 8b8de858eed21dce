import type { JsonObject } from '../../api-manifest/json.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { type CatalogStream, parseCatalog, type TapCatalog } from '../../singer-catalog/catalog.ts'
import {
  type SelectedStream,
  type StreamChoice,
  selectStream,
  unselected,
} from '../../singer-catalog/select-stream.ts'
import type { Connector, LeftOut, RowsArrival, Stream } from '../connector.ts'
import { schemaFields } from '../records/schema-fields.ts'
import { jsonText } from '../records/sorted-json.ts'
import { TapFiles } from './tap-files.ts'
import { parseTapPosition } from './tap-position.ts'
import { TapProcess } from './tap-process.ts'
import { type RunningTap, TapReading } from './tap-reading.ts'

/** A stream of the pipeline, and what is wanted of the tap's. */
export interface TapStream extends StreamChoice {
  readonly stream: string
  /** As the tap calls it. */
  readonly name: string
}

export interface SingerConnectorOptions {
  /** The tap and its arguments. */
  readonly command: readonly string[]
  /** Where it runs, absolute. */
  readonly cwd: string
  readonly config: JsonObject
  /** The text of a catalog; the tap is asked for it unless given. */
  readonly catalog: string | undefined
  readonly streams: readonly TapStream[]
  /** Where its files are put, absolute. */
  readonly folder: string
  /** How long it may write nothing. */
  readonly silenceMs: number
  readonly onLog: (line: string) => void
  readonly logName: string
  /** Whether what is read is put beside what was read before, so that a stream must bring what is new only. */
  readonly appends?: boolean
  readonly chunkRows?: number | undefined
}

/** A Singer tap: a program that writes records, schemas and its state, a line each. */
export class SingerConnector implements Connector {
  readonly streamsAtOnce: number
  readonly #options: SingerConnectorOptions
  readonly #readings = new Set<TapReading>()
  /** Taps at work, and when they and their files are gone. */
  readonly #running = new Map<TapProcess, Promise<void>>()
  readonly #renewed = new Set<string>()
  #catalog: Promise<TapCatalog> | undefined
  #together: TapReading | undefined

  constructor(options: SingerConnectorOptions) {
    this.#options = options
    // One run of a tap brings them all.
    this.streamsAtOnce = Math.max(1, options.streams.length)
  }

  /** All that the tap offers, whether it is selected or not. */
  async discover(): Promise<readonly Stream[]> {
    const { streams } = await this.#offered()
    const choice = { properties: undefined, replicationKey: undefined, isIncremental: true }
    return streams.map((stream) => describe(stream.id, selectStream(stream, choice)))
  }

  /** Throws WW4505 for a stream or a property that is not there. */
  async describe(stream: string): Promise<Stream> {
    return describe(stream, await this.#selected(stream))
  }

  async readTogether(streams: readonly string[]): Promise<void> {
    const selected = new Map<string, SelectedStream>()
    for (const stream of streams) selected.set(stream, await this.#selected(stream))
    const names = new Set([...selected.values()].map(({ stream }) => stream))
    if (names.size < selected.size) {
      throw new WaterworksError('WW4505', {
        message: 'two of the streams have one name in the messages of the tap',
      })
    }
    this.#together = this.#reading(selected)
  }

  async *read(stream: string, position: string | null): AsyncGenerator<RowsArrival, void, undefined> {
    const together = this.#together
    if (together?.awaits(stream) === true) {
      yield* together.read(stream, position)
      return
    }
    const alone = this.#reading(new Map([[stream, await this.#selected(stream)]]))
    yield* alone.read(stream, position)
  }

  isResumable(position: string): boolean {
    return parseTapPosition(position)?.isOpen !== true
  }

  leftOut(stream: string): readonly LeftOut[] {
    if (!this.#renewed.has(stream)) return []
    const reason = 'the tap says that they are gone; load it by truncate-reload with strategy: full'
    return [{ origin: `deletions of ${stream}`, reason }]
  }

  async interrupt(): Promise<void> {
    const reason = new WaterworksError('WW5007', { message: 'reading the tap was stopped' })
    for (const reading of this.#readings) reading.stop(reason)
    for (const tap of this.#running.keys()) tap.stop(reason)
    this.#readings.clear()
  }

  async close(): Promise<void> {
    await this.interrupt()
    await Promise.all(this.#running.values())
  }

  #reading(streams: ReadonlyMap<string, SelectedStream>): TapReading {
    if (this.#options.appends === true) {
      for (const { id, replicationKey } of streams.values()) {
        if (replicationKey !== undefined) continue
        throw new WaterworksError('WW4416', { message: `the stream "${id}" has no replication key` })
      }
    }
    const reading = new TapReading({
      streams,
      chunkRows: this.#options.chunkRows,
      start: (selected, state) => this.#start(selected, state),
      onNewVersion: (stream) => this.#renewed.add(stream),
    })
    this.#readings.add(reading)
    return reading
  }

  async #selected(stream: string): Promise<SelectedStream> {
    const wanted = this.#options.streams.find((each) => each.stream === stream)
    const name = wanted?.name ?? stream
    const choice = wanted ?? { properties: undefined, replicationKey: undefined, isIncremental: true }
    return selectStream(await this.#find(name), choice)
  }

  async #find(name: string): Promise<CatalogStream> {
    const { streams } = await this.#offered()
    const found = streams.find(({ id }) => id === name) ?? streams.find(({ stream }) => stream === name)
    if (found !== undefined) return found
    const near = suggest(
      name,
      streams.map(({ id }) => id),
    )
    throw new WaterworksError('WW4505', {
      message: `the tap has no stream "${name}"`,
      hint: near === undefined ? undefined : `Did you mean "${near}"?`,
    })
  }

  #offered(): Promise<TapCatalog> {
    this.#catalog ??= this.#readCatalog().catch((error: unknown) => {
      // Another attempt asks again.
      this.#catalog = undefined
      throw error
    })
    return this.#catalog
  }

  async #readCatalog(): Promise<TapCatalog> {
    return parseCatalog(this.#options.catalog ?? (await this.#ask()))
  }

  async #ask(): Promise<string> {
    const files = await TapFiles.create(this.#options.folder)
    try {
      const config = await files.write('config.json', jsonText(this.#options.config))
      return await this.#run(['--config', config, '--discover'], files).text()
    } catch (error) {
      await files.remove()
      throw error
    }
  }

  async #start(selected: readonly SelectedStream[], state: JsonObject): Promise<RunningTap> {
    const { document, streams } = await this.#offered()
    const entries = new Map(selected.map(({ id, entry }) => [id, entry]))
    const catalog = { ...document, streams: streams.map((each) => entries.get(each.id) ?? unselected(each)) }
    const files = await TapFiles.create(this.#options.folder)
    try {
      const args = [
        '--config',
        await files.write('config.json', jsonText(this.#options.config)),
        '--catalog',
        await files.write('catalog.json', jsonText(catalog)),
      ]
      const knows = Object.keys(state).length > 0
      if (knows) args.push('--state', await files.write('state.json', jsonText(state)))
      return this.#run(args, files)
    } catch (error) {
      await files.remove()
      throw error
    }
  }

  /** Starts the tap; its files go when it does. */
  #run(args: readonly string[], files: TapFiles): TapProcess {
    const { command, cwd, silenceMs, onLog, logName } = this.#options
    const tap = new TapProcess({ command: [...command, ...args], cwd, silenceMs, onLog, logName })
    const over = tap.over().then(async () => {
      await files.remove()
      this.#running.delete(tap)
    })
    this.#running.set(tap, over)
    return tap
  }
}

function describe(name: string, { schema, key, replicationKey }: SelectedStream): Stream {
  return { name, fields: schemaFields(schema), key, incrementalKey: replicationKey }
}
