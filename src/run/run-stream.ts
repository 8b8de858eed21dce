import { logicalTypeName } from '../batch/logical-type-name.ts'
import type { Connector } from '../connectors/connector.ts'
import { recordChange } from '../drift/recorded-change.ts'
import type { Session } from '../engines/engine.ts'
import type { Step } from '../events/event.ts'
import type { CheckNode, PipelineNode, SourceNode } from '../graph/node.ts'
import { countRecords } from '../landing/count-records.ts'
import type { LandedPart } from '../landing/landed-part.ts'
import { EMPTY_LEDGER, type Ledger } from '../ledger/ledger.ts'
import { holdsWhole } from '../project/load-strategy.ts'
import { type Pipeline, readsRows } from '../project/pipeline.ts'
import type { CheckResult } from '../quality/check.ts'
import { extractRows } from './extract-rows.ts'
import { forgetStream } from './load/forget-stream.ts'
import type { KnownStream } from './load/known-loads.ts'
import type { LoadOutcome } from './load/load-outcome.ts'
import { loadStream } from './load/load-stream.ts'
import { pipelineOfStream } from './pipeline-of-stream.ts'
import {
  refuseMixedParts,
  refuseMixedTable,
  treatedOtherwise,
  treatmentNow,
} from './refuse-mixed-treatment.ts'
import type { RunContext } from './run-context.ts'
import { checkOf, runGates } from './run-gates.ts'
import { sayLeftOut } from './say-left-out.ts'
import { watchExtract } from './watch-extract.ts'

export interface StreamReport {
  readonly stream: string
  readonly relation: string
  readonly status: 'loaded' | 'held' | 'unchanged'
  readonly step: Step
  readonly ledger: Ledger
  /** Tables of lists that were written as well. */
  readonly children: readonly ChildReport[]
  readonly checks: readonly CheckResult[]
  readonly watermarkBefore: string | null
  readonly watermarkAfter: string | null
  readonly message: string
}

/** A table of a list, and where its rows went. */
export interface ChildReport {
  readonly relation: string
  readonly ledger: Ledger
}

/**
 * One stream from its source to its table: lands what is new, then loads every landed part whose load id the
 * warehouse does not have. A full reload replaces the table when the set of source files is another than the one
 * loaded; every other strategy takes each content once.
 */
export async function runStream(
  node: PipelineNode,
  source: SourceNode,
  gates: readonly CheckNode[],
  context: RunContext,
  extracted?: Extracted,
): Promise<StreamReport> {
  return context.sessions.use(async (session) => {
    const stream = source.table
    const pending =
      extracted ??
      (await extractKnown(await knownStream(session, node, source, context), node, source, context))
    const { pipeline } = pending
    const relation = context.engine.dialect.relation(source.relation)
    if (!pending.changed) {
      await forget(pending.parts, context)
      const there = await context.known.hasTable(session, source.relation)
      const checks = there ? await runGates(session, gates, context) : []
      return { ...unchanged(stream, relation, pending.watermark), checks, message: pending.note ?? '' }
    }
    context.known.forget(pipeline.name, stream)
    const loading = performance.now()
    const outcome = await load(session, node, source, gates, pending, context)
    step(context, node, stream, outcome.status === 'held' ? 'validate' : 'verify', pending.parts, loading)
    announce(context, node, source, pending.parts, outcome)
    if (outcome.status === 'loaded') await forget(pending.parts, context)
    return {
      stream,
      relation,
      status: outcome.status,
      step: outcome.status === 'held' ? 'validate' : 'verify',
      ledger: outcome.ledger,
      children: childReports(outcome, context),
      checks: outcome.checks,
      watermarkBefore: pending.watermark,
      watermarkAfter: outcome.watermark,
      message: [outcome.message, pending.note].filter(Boolean).join('; '),
    }
  })
}

/** What is loaded of a stream. A table that someone dropped takes what was known of it along. */
async function knownStream(
  session: Session,
  { pipeline }: PipelineNode,
  { table: stream, relation }: SourceNode,
  context: RunContext,
): Promise<KnownStream> {
  const known = await context.known.of(session, pipeline.name, stream)
  if (known.loaded.size === 0 || (await context.known.hasTable(session, relation))) return known
  await forgetStream(session, context.engine.dialect, pipeline.name, stream)
  context.known.forget(pipeline.name, stream)
  return context.known.of(session, pipeline.name, stream)
}

/** What of a stream waits to be loaded. */
export interface Extracted {
  /** The pipeline as it is for this stream. */
  readonly pipeline: Pipeline
  /** Parts that make up the load, in order. */
  readonly parts: readonly LandedPart[]
  readonly changed: boolean
  readonly resumed?: boolean
  readonly watermark: string | null
  /** What there is and waits for another time, in a sentence; empty where nothing does. */
  readonly note?: string
}

/** Lands what is new of a stream; `runStream` loads it. No session of the warehouse is held meanwhile. */
export async function extractStream(
  node: PipelineNode,
  source: SourceNode,
  context: RunContext,
): Promise<Extracted> {
  const known = await context.sessions.use((session) => knownStream(session, node, source, context))
  return extractKnown(known, node, source, context)
}

async function extractKnown(
  known: KnownStream,
  node: PipelineNode,
  source: SourceNode,
  context: RunContext,
): Promise<Extracted> {
  const started = performance.now()
  const stream = source.table
  const connector = await context.connect(node.pipeline)
  const { watermark } = known
  refuseMixedTable(node.pipeline, stream, known)
  let extracted: Extracted
  if (!readsRows(node.pipeline.extract)) {
    const pending = await extractFiles(connector, node, stream, known, context)
    extracted = {
      ...pending,
      pipeline: node.pipeline,
      watermark,
      note: noteOf(connector, stream),
    }
  } else {
    const found = await connector.describe?.(stream)
    const pipeline = pipelineOfStream(node.pipeline, stream, found)
    const rows = await extractRows(connector, node, pipeline, stream, known, context)
    const note = noteOf(connector, stream)
    extracted = { ...rows, pipeline, changed: rows.parts.length > 0, watermark, note }
  }
  step(context, node, stream, 'extract', extracted.parts, started)
  return extracted
}

/** What the read has to tell: what it left, and what it noticed. */
function noteOf(connector: Connector, stream: string): string {
  const notes = connector.notes?.(stream) ?? []
  return [sayLeftOut(connector.leftOut?.(stream) ?? []), ...notes].filter(Boolean).join('; ')
}

type Pending = Pick<Extracted, 'parts' | 'changed'>

async function extractFiles(
  connector: Connector,
  node: PipelineNode,
  stream: string,
  known: KnownStream,
  context: RunContext,
): Promise<Pending> {
  const { loaded, discarded, seen, position } = known
  connector.recall?.(seen)
  const { landing } = context
  const { name } = node.pipeline
  const full = holdsWhole(node.pipeline)
  await landing.sweep(name, stream)
  const landed = await landing.parts(name, stream)
  const current = full
    ? (await connector.current?.(stream))?.filter((hash) => !discarded.has(hash))
    : undefined
  const isLoaded = (hash: string) => loaded.has(hash)
  const isTreatedOtherwise = treatedOtherwise(node.pipeline, stream, known) !== ''
  refuseMixedParts(node.pipeline, stream, landed)
  if (!isTreatedOtherwise && loaded.size > 0 && current?.length === loaded.size && current.every(isLoaded)) {
    return { parts: landed, changed: false }
  }
  const taken = new Set([...landed.map((part) => part.hash), ...discarded])
  if (!full) for (const hash of loaded.keys()) taken.add(hash)
  const watch = await watchExtract(
    connector,
    node,
    stream,
    { position: full ? null : position, known: taken },
    context,
  )
  const treatment = treatmentNow(node.pipeline, stream)
  let from = position
  let arrived = false
  for await (const arrival of connector.read(stream, full ? null : position, taken)) {
    if (context.signal.aborted) break
    const part = await landing.land(arrival, { pipeline: name, stream, from, treatment })
    watch(part)
    from = part.to
    arrived = true
  }
  const all = arrived ? await landing.parts(name, stream) : landed
  const wanted = current === undefined ? undefined : new Set(current)
  const parts = all.filter((part) =>
    wanted === undefined ? !isLoaded(part.hash) && !discarded.has(part.hash) : wanted.has(part.hash),
  )
  await forget(
    all.filter((part) => !parts.includes(part)),
    context,
  )
  // Files that all vanished are no reason to empty a table: what was published stays.
  return { parts, changed: parts.length > 0 }
}

async function load(
  session: Session,
  { lookups }: PipelineNode,
  source: SourceNode,
  gates: readonly CheckNode[],
  { pipeline, parts, watermark, resumed = false }: Extracted,
  context: RunContext,
): Promise<LoadOutcome> {
  const { engine, pseudonyms, landing, runId, now, evidence } = context
  for (const part of parts) await landing.verify(part)
  const reader = engine.capabilities.scansFiles ? session : await context.reader.connect()
  try {
    return await loadStream({
      engine,
      session,
      reader,
      pipeline,
      stream: source.table,
      target: source.relation,
      lookups,
      parts,
      resumed,
      dataFile: (part) => landing.dataFile(part),
      position: parts.at(-1)?.to ?? '',
      gates: gates.map((gate) => ({ check: checkOf(gate), relation: gate.relation })),
      runId,
      now,
      watermark,
      pseudonyms,
      evidence,
    })
  } finally {
    if (reader !== session) await reader.close()
  }
}

/** Loaded parts leave the landing zone: the queue is empty when everything is in. */
async function forget(parts: readonly LandedPart[], context: RunContext): Promise<void> {
  for (const part of parts) await context.landing.remove(part)
}

function unchanged(stream: string, relation: string, watermark: string | null): StreamReport {
  return {
    stream,
    relation,
    status: 'unchanged',
    step: 'extract',
    ledger: EMPTY_LEDGER,
    children: [],
    checks: [],
    watermarkBefore: watermark,
    watermarkAfter: watermark,
    message: '',
  }
}

function step(
  context: RunContext,
  node: PipelineNode,
  stream: string,
  name: Step,
  parts: readonly LandedPart[],
  started: number,
): void {
  context.events.emit({
    type: 'step-finished',
    runId: context.runId,
    at: new Date().toISOString(),
    node: node.uniqueId,
    stream,
    step: name,
    rows: countRecords(parts),
    seconds: (performance.now() - started) / 1000,
  })
}

export function childReports({ children }: LoadOutcome, { engine }: RunContext): readonly ChildReport[] {
  return children.map(({ relation, ledger }) => ({ relation: engine.dialect.relation(relation), ledger }))
}

/** Tells what a load changed and where it took its stream. */
export function announce(
  context: RunContext,
  node: PipelineNode,
  source: SourceNode,
  parts: readonly LandedPart[],
  outcome: LoadOutcome,
): void {
  const stamp = { runId: context.runId, at: new Date().toISOString(), node: node.uniqueId }
  const stream = source.table
  const { added, removed, changed } = outcome.schema
  const changes = outcome.schema.changes.map(recordChange)
  if (added.length + removed.length + changed.length + changes.length > 0) {
    const relation = context.engine.dialect.relation(source.relation)
    context.events.emit({ type: 'schema-changed', ...stamp, relation, changes, added, removed, changed })
  }
  if (outcome.status === 'held') return
  const tables = [{ relation: source.relation, schema: outcome.schema }, ...outcome.children]
  for (const { relation, schema } of tables) {
    const { columns = [], isNew = false } = schema
    if (!isNew && schema.changes.length === 0) continue
    context.events.emit({
      type: 'schema-recorded',
      ...stamp,
      stream,
      relation: context.engine.dialect.relation(relation),
      columns: columns.map(({ name, type }) => ({ name, type: logicalTypeName(type) })),
      changes: schema.changes.map(recordChange),
    })
  }
  if (outcome.ledger.rejected > 0) {
    const { rejected } = outcome.ledger
    context.events.emit({
      type: 'rows-quarantined',
      ...stamp,
      stream,
      rows: rejected,
      reasons: outcome.reasons,
    })
  }
  if (outcome.discarded.length > 0)
    context.events.emit({ type: 'values-discarded', ...stamp, stream, discarded: outcome.discarded })
  context.events.emit({
    type: 'load-committed',
    ...stamp,
    stream,
    loadIds: parts.map((part) => part.loadId),
    position: parts.at(-1)?.to ?? '',
    ledger: outcome.ledger,
  })
}
