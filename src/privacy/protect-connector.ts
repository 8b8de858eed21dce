import type {
  Arrival,
  BatchSink,
  Connector,
  FileArrival,
  RowsArrival,
  Stream,
} from '../connectors/connector.ts'
import type { Executor } from '../engines/engine.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { fileStamp } from '../formats/bytes/file-stamp.ts'
import { acts, type PersonalColumn, type PrivacyMode } from '../project/personal-data.ts'
import { DeclaredColumns } from './declared-columns.ts'
import { decodedAs, ownFields, writeDecoded } from './decoded-file.ts'
import type { KeyRing } from './key-ring.ts'
import { KnownPieces, keyedPiece } from './known-pieces.ts'
import { Lookout } from './lookout.ts'
import type { TokenVault } from './token-vault.ts'
import { Treatment } from './treatment.ts'
import { treatedFields, treatmentPlan } from './treatment-plan.ts'

/** What a connector's streams are treated by. */
export interface Protection {
  /** The columns of a stream that are declared to hold personal data. */
  readonly declared: (stream: string) => readonly PersonalColumn[]
  readonly mode: PrivacyMode
  readonly keys: KeyRing
  readonly vault: TokenVault
  /** A session of an embedded DuckDB, for reading Parquet files. */
  readonly executor: () => Promise<Executor>
}

/**
 * A connector whose data is treated as it is declared before anybody else sees it: what it gives is what may be
 * written. Files with columns that are treated come as the rows they are decoded into, and are known by keyed hashes
 * of their content; all others come unchanged. Reading throws WW4601 without a key, WW4602 when the key is gone by
 * which files are known, and WW4603 when a treated column is in the names of files.
 */
export function protectConnector(inner: Connector, protection: Protection): Connector {
  const { keys, vault } = protection
  const lookouts = new Map<string, Lookout>()
  const arrived = new Map<string, DeclaredColumns>()
  const acting = (stream: string) => protection.declared(stream).filter(acts)
  const {
    describe,
    current,
    keys: readKeys,
    expected,
    recall,
    leftOut,
    readTogether,
    release,
    interrupt,
    isResumable,
  } = inner
  const streamed = (stream: Stream): Stream => {
    refuseKeys(stream, acting(stream.name))
    return { ...stream, fields: treatedFields(stream.fields, acting(stream.name)) }
  }
  return whole({
    ...(inner.streamsAtOnce === undefined ? {} : { streamsAtOnce: inner.streamsAtOnce }),
    discover: async () => (await inner.discover()).map(streamed),
    async *read(stream, position, known) {
      const columns = acting(stream)
      const pieces = known === undefined ? undefined : new KnownPieces(known, keys)
      const lookout = new Lookout(stream, protection.declared(stream), protection.mode)
      lookouts.set(stream, lookout)
      const declared = new DeclaredColumns(stream, protection.declared(stream))
      arrived.set(stream, declared)
      for await (const arrival of inner.read(stream, position, pieces)) {
        declared.note(arrival)
        if (columns.length > 0 || arrival.kind === 'rows')
          yield treated(arrival, columns, lookout, protection)
        else {
          await lookInto(arrival, lookout, protection.executor)
          yield arrival
        }
      }
    },
    ...(describe && { describe: async (stream) => streamed(await describe.call(inner, stream)) }),
    ...(current && {
      async current(stream) {
        const hashes = await current.call(inner, stream)
        return acting(stream).length === 0 ? hashes : hashes.map((hash) => keyedPiece(hash, keys.first))
      },
    }),
    ...(readKeys && {
      async *keys(stream, columns) {
        const treatment = new Treatment(acting(stream), keys, vault)
        for await (const batch of readKeys.call(inner, stream, columns)) {
          yield (await treatment.treat(batch)).batch
        }
      },
    }),
    ...(expected && {
      expected: (stream, { position, known }) =>
        expected.call(inner, stream, { position, known: known && new KnownPieces(known, keys) }),
    }),
    ...(recall && { recall: (pieces) => recall.call(inner, pieces) }),
    ...(leftOut && { leftOut: (stream) => leftOut.call(inner, stream) }),
    notes: (stream) => [
      ...(inner.notes?.(stream) ?? []),
      ...(arrived.get(stream)?.notes ?? []),
      ...(lookouts.get(stream)?.notes ?? []),
    ],
    ...(readTogether && { readTogether: (streams) => readTogether.call(inner, streams) }),
    ...(release && { release: () => release.call(inner) }),
    ...(interrupt && { interrupt: () => interrupt.call(inner) }),
    ...(isResumable && { isResumable: (position) => isResumable.call(inner, position) }),
    close: () => inner.close(),
  } satisfies Connector)
}

/**
 * A connector in which something is said of every member, also of those that not all have: one that is added to the interface is
 * neither lost here nor passed on untreated, but a mistake of types until it is thought of.
 */
function whole<T extends Connector>(
  connector: T & ([Exclude<keyof Connector, keyof T>] extends [never] ? unknown : never),
): Connector {
  return connector
}

/** Keys that the source tells, which no file of the project could be held to. */
function refuseKeys({ name, key = [], incrementalKey }: Stream, columns: readonly PersonalColumn[]): void {
  const bad = columns.find(
    ({ column, policy }) =>
      column === incrementalKey || (key.includes(column) && policy !== 'hash' && policy !== 'token'),
  )
  if (bad === undefined) return
  throw new WaterworksError('WW1503', {
    message: `the policy ${bad.policy} does not fit ${name}.${bad.column}, by which its rows are told apart or read on`,
  })
}

/** Looks into a file that lands as it is. */
async function lookInto(
  arrival: FileArrival,
  lookout: Lookout,
  executor: Protection['executor'],
): Promise<void> {
  if (lookout.looksAt === 'none') return
  const enough = new Error('enough was seen')
  const sink: BatchSink = {
    restart: async () => undefined,
    async write(batch) {
      lookout.look(batch)
      if (lookout.looksAt === 'first') throw enough
    },
  }
  await writeDecoded(arrival, executor, sink).catch((error: unknown) => {
    if (error !== enough) throw error
  })
}

function treated(
  arrival: Arrival,
  columns: readonly PersonalColumn[],
  lookout: Lookout,
  protection: Protection,
): RowsArrival {
  const treatment = new Treatment(columns, protection.keys, protection.vault)
  if (arrival.kind === 'file') return treatedFile(arrival, columns, treatment, lookout, protection)
  const { fields, landedAs } = arrival
  return {
    ...arrival,
    fields: treatedFields(fields, columns),
    ...(landedAs === undefined ? {} : { landedAs: treatedFields(landedAs, columns) }),
    writeTo: (sink) => arrival.writeTo(treating(sink, treatment, lookout)),
  }
}

function treatedFile(
  arrival: FileArrival,
  columns: readonly PersonalColumn[],
  treatment: Treatment,
  lookout: Lookout,
  { keys, executor }: Protection,
): RowsArrival {
  const { file, origin, position, stamp, records, scan } = arrival
  const own = ownFields(arrival)
  const captured = scan.fields.filter((field) => !own.includes(field))
  const named = treatmentPlan(captured, columns).find(({ whole }) => whole !== undefined)
  if (named !== undefined) {
    const { name } = named.field
    throw new WaterworksError('WW4603', { message: `${origin}: its name fills the personal column ${name}` })
  }
  return {
    kind: 'rows',
    fields: [...treatedFields(own, columns), ...captured],
    landedAs: treatedFields(decodedAs(arrival, own), columns),
    origin,
    position,
    piece: {
      hash: keyedPiece(arrival.hash, keys.first),
      records,
      ...(stamp === undefined ? {} : { stamp }),
      ...(scan.captured === undefined ? {} : { captured: scan.captured }),
    },
    async writeTo(sink) {
      await writeDecoded(arrival, executor, treating(sink, treatment, lookout))
      if (stamp === undefined || (await fileStamp(file)) === stamp) return
      throw new WaterworksError('WW4005', { message: `${origin} changed while it was being landed` })
    },
  }
}

function treating(sink: BatchSink, treatment: Treatment, lookout: Lookout): BatchSink {
  let looks = lookout.looksAt !== 'none'
  return {
    restart: () => sink.restart(),
    async write(batch, refusals) {
      if (looks) lookout.look(batch)
      looks &&= lookout.looksAt === 'all'
      const done = await treatment.treat(batch)
      await sink.write(done.batch, new Map([...done.refusals, ...(refusals ?? [])]))
    },
  }
}
