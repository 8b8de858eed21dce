import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Arrival } from '../connectors/connector.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { failPoint } from '../fail-point/fail-point.ts'
import type { FileScan } from '../formats/file-scan.ts'
import { copyUnchanged } from './copy-unchanged.ts'
import { syncFile, syncFolder, writeDurably } from './durable-file.ts'
import { landRows } from './land-rows.ts'
import type { LandedPart } from './landed-part.ts'
import { loadId } from './load-id.ts'
import { formatManifest, parseManifest } from './manifest.ts'

export interface LandingPlace {
  readonly pipeline: string
  readonly stream: string
  /** The connector's position before the arrival. */
  readonly from: string | null
  /** How personal data of the arrival was treated. */
  readonly treatment?: string
}

export interface LandingOptions {
  /** The landing folder, absolute; created when absent. One process at a time may land into it. */
  readonly directory: string
  readonly now?: () => Date
}

/**
 * The durable queue between sources and loads: `<pipeline>/<stream>/<sequence>.json` is the manifest of the data
 * file beside it. A part exists once its manifest does; both are on the disk before `land` returns. Whatever a
 * crash leaves without a manifest is removed by `sweep`, and at the stream's next landing.
 */
export class LandingZone {
  readonly #options: LandingOptions
  readonly #streams = new Map<string, Promise<unknown>>()

  constructor(options: LandingOptions) {
    this.#options = options
  }

  /**
   * Lands an arrival as the next part of its stream. The same content landed before gives that part again, so a
   * crash between landing and loading does no harm. Throws WW4005 when a file is no longer what was hashed.
   */
  land(arrival: Arrival, place: LandingPlace): Promise<LandedPart> {
    return this.#serially(place, () => this.#land(arrival, place))
  }

  /**
   * The stream's parts in sequence order. A number that is missing is of a part that was removed: a part's manifest is
   * on the disk before the next one's. Beside a build, parts that go while they are listed are left out. Throws WW4007
   * on a damaged manifest.
   */
  async parts(pipeline: string, stream: string): Promise<readonly LandedPart[]> {
    const folder = this.#folder(pipeline, stream)
    const found = await Promise.all(
      manifestSequences(await list(folder)).map(async (sequence) => {
        const path = join(folder, manifestName(sequence))
        const text = await readFile(path, 'utf8').catch(unlessMissing(undefined))
        return text === undefined ? [] : [parseManifest(text, path)]
      }),
    )
    return found.flat()
  }

  /** Where a part's data is, absolute. */
  dataFile(part: LandedPart): string {
    return join(this.#options.directory, part.path)
  }

  /** Makes sure that a part's data is there and whole. Throws WW4009 when it is not. */
  async verify(part: LandedPart): Promise<void> {
    const size = await stat(this.dataFile(part)).then(
      (found) => found.size,
      () => undefined,
    )
    if (size === part.bytes) return
    const state = size === undefined ? 'is gone' : `has ${size} bytes instead of ${part.bytes}`
    throw new WaterworksError('WW4009', { message: `the landed file of ${part.origin} ${state}` })
  }

  /**
   * Forgets a part that is loaded and no longer wanted. Its sequence number is not given out again. The manifest
   * goes first: data without a manifest is a leftover, a manifest without data would be a loss.
   */
  remove(part: LandedPart): Promise<void> {
    return this.#serially(part, async () => {
      const folder = this.#folder(part.pipeline, part.stream)
      const last = await lastSequence(folder)
      if (last > 0) await writeDurably(join(folder, SEQUENCE), `${last}\n`)
      await rm(join(folder, manifestName(part.sequence)), { force: true })
      await syncFolder(folder)
      await rm(this.dataFile(part), { force: true })
    })
  }

  /** Removes what a killed process left of a stream. Only for whoever may land into it: a landing looks alike. */
  sweep(pipeline: string, stream: string): Promise<void> {
    return this.#serially({ pipeline, stream }, () => removeLeftovers(this.#folder(pipeline, stream)))
  }

  async #land(arrival: Arrival, place: LandingPlace): Promise<LandedPart> {
    const { pipeline, stream, from, treatment } = place
    const folder = this.#folder(pipeline, stream)
    await this.#prepare(folder)
    const temporary = join(folder, 'arrival.tmp')
    const content = await this.#write(arrival, temporary).catch(async (error: unknown) => {
      await rm(temporary, { force: true })
      throw error
    })
    const id = loadId(pipeline, stream, content.hash, content.position)
    const earlier = (await this.parts(pipeline, stream)).find((part) => part.loadId === id)
    if (earlier) {
      await rm(temporary, { force: true })
      return earlier
    }
    const sequence = (await lastSequence(folder)) + 1
    const name = `${String(sequence).padStart(WIDTH, '0')}-${content.hash.slice(-64, -48)}${content.ending}`
    await syncFile(temporary)
    const { size } = await stat(temporary)
    await rename(temporary, join(folder, name))
    await syncFolder(folder)
    await failPoint('after-landing-rename')
    const part: LandedPart = Object.freeze({
      loadId: id,
      pipeline,
      stream,
      sequence,
      path: join(folderName(pipeline), folderName(stream), name),
      origin: content.origin,
      hash: content.hash,
      stamp: (arrival.kind === 'file' ? arrival.stamp : arrival.piece?.stamp) ?? null,
      bytes: size,
      records: content.records,
      scan: content.scan,
      from,
      to: arrival.position,
      ...(treatment === undefined ? {} : { treatment }),
      landedAt: (this.#options.now?.() ?? new Date()).toISOString(),
    })
    await writeDurably(join(folder, manifestName(sequence)), formatManifest(part))
    return part
  }

  async #write(arrival: Arrival, path: string): Promise<Content> {
    if (arrival.kind === 'file') {
      await copyUnchanged({ ...arrival, hash: arrival.contentHash ?? arrival.hash }, path)
      const { hash, records, scan, origin } = arrival
      return { hash, records, scan, origin, ending: /(\.[A-Za-z0-9]+){0,2}$/.exec(origin)?.[0] ?? '' }
    }
    const { hash, rows, defects } = await landRows(arrival, path)
    const { position, origin, fields, piece } = arrival
    const scan = { format: 'parquet' as const, fields, ...(defects > 0 ? { defects: true as const } : {}) }
    if (piece !== undefined) {
      const { records, captured } = piece
      if (rows !== records) {
        throw new WaterworksError('WW4005', {
          message: `${origin}: ${records} records were counted, and ${rows} came as it was decoded`,
        })
      }
      const named = captured === undefined ? scan : { ...scan, captured }
      return { hash: piece.hash, records, scan: named, origin, ending: '.parquet' }
    }
    return {
      hash,
      records: rows,
      scan,
      origin,
      ending: '.parquet',
      position,
    }
  }

  async #prepare(folder: string): Promise<void> {
    const created = await mkdir(folder, { recursive: true })
    if (created !== undefined) {
      for (let path = folder; path.length >= this.#options.directory.length; path = join(path, '..')) {
        await syncFolder(path)
      }
    }
    await removeLeftovers(folder)
  }

  #folder(pipeline: string, stream: string): string {
    return join(this.#options.directory, folderName(pipeline), folderName(stream))
  }

  #serially<T>(
    { pipeline, stream }: { pipeline: string; stream: string },
    work: () => Promise<T>,
  ): Promise<T> {
    const key = this.#folder(pipeline, stream)
    const result = (this.#streams.get(key) ?? Promise.resolve()).then(work, work)
    this.#streams.set(key, result)
    return result
  }
}

interface Content {
  readonly hash: string
  readonly records: number
  readonly scan: FileScan
  readonly origin: string
  /** The data file's ending, so that people and tools know what it is. */
  readonly ending: string
  /** For rows: part of their identity. */
  readonly position?: string
}

const WIDTH = 8
/** Holds the greatest sequence number given out when parts were last removed. */
const SEQUENCE = 'sequence'

function manifestName(sequence: number): string {
  return `${String(sequence).padStart(WIDTH, '0')}.json`
}

function manifestSequences(names: readonly string[]): number[] {
  return names
    .flatMap((name) => (/^\d+\.json$/.test(name) ? [Number.parseInt(name, 10)] : []))
    .sort((a, b) => a - b)
}

async function removeLeftovers(folder: string): Promise<void> {
  const names = await list(folder)
  const numbered = new Set(manifestSequences(names))
  for (const name of names) {
    if (isLeftover(name, numbered)) await rm(join(folder, name), { force: true })
  }
}

function isLeftover(name: string, manifests: ReadonlySet<number>): boolean {
  if (name.endsWith('.tmp')) return true
  const sequence = /^(\d+)-/.exec(name)?.[1]
  return sequence !== undefined && !manifests.has(Number(sequence))
}

async function lastSequence(folder: string): Promise<number> {
  const recorded = await readFile(join(folder, SEQUENCE), 'utf8').catch(unlessMissing('0'))
  return Math.max(Number.parseInt(recorded, 10) || 0, ...manifestSequences(await list(folder)))
}

/** Pipeline and stream names may hold characters that file systems take otherwise; percent-encoded, none do. */
function folderName(name: string): string {
  return encodeURIComponent(name).replaceAll('.', '%2E').replaceAll('*', '%2A')
}

function list(folder: string): Promise<string[]> {
  return readdir(folder).catch(unlessMissing([]))
}

/** For `catch`: what to take for something that is not there. */
function unlessMissing<T>(otherwise: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return otherwise
    throw error
  }
}
