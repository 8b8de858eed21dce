import type { Connector } from '../connectors/connector.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { failPoint } from '../fail-point/fail-point.ts'
import type { PipelineNode } from '../graph/node.ts'
import type { LandedPart } from '../landing/landed-part.ts'
import type { Pipeline } from '../project/pipeline.ts'
import type { KnownStream } from './load/known-loads.ts'
import { refuseMixedParts, treatmentNow } from './refuse-mixed-treatment.ts'
import type { RunContext } from './run-context.ts'
import { watchExtract } from './watch-extract.ts'

export interface ExtractedRows {
  /** To be loaded, in order. */
  readonly parts: readonly LandedPart[]
  /** Whether an earlier read left some of them. */
  readonly resumed: boolean
}

/**
 * Lands what a stream of rows brings and gives the parts that are to be loaded, in order. Each arrival is landed with
 * its position before the next is asked for.
 *
 * A full read is of one moment, whole or not at all: what a cut off read left is of a moment that is gone, and goes. An
 * incremental read goes on behind what was landed and not loaded.
 */
export async function extractRows(
  connector: Connector,
  node: PipelineNode,
  pipeline: Pipeline,
  stream: string,
  { loadIds, discarded, position }: KnownStream,
  context: RunContext,
): Promise<ExtractedRows> {
  const { landing, signal } = context
  const { name, extract } = pipeline
  await landing.sweep(name, stream)
  const treatment = treatmentNow(pipeline, stream)
  const isFull = extract.strategy === 'full'
  const isWanted = (part: LandedPart): boolean => !loadIds.has(part.loadId) && !discarded.has(part.hash)
  const parts: LandedPart[] = []
  for (const part of await landing.parts(name, stream)) {
    if (!isFull && isWanted(part)) parts.push(part)
    else await landing.remove(part)
  }
  refuseMixedParts(pipeline, stream, parts)
  await dropOpenEnd(parts, connector, context)
  const resumed = parts.length > 0
  let from = isFull ? null : (parts.at(-1)?.to ?? position)
  const watch = await watchExtract(connector, node, stream, { position: from }, context)
  for await (const arrival of connector.read(stream, from)) {
    if (signal.aborted) break
    const part = await landing.land(arrival, { pipeline: name, stream, from, treatment })
    watch(part)
    from = part.to
    if (isWanted(part)) parts.push(part)
    else await landing.remove(part)
    await failPoint('between-chunks')
  }
  if (isFull && signal.aborted) {
    throw new WaterworksError('WW5007', { message: `the read of ${name}.${stream} was stopped` })
  }
  await dropOpenEnd(parts, connector, context)
  return { parts, resumed }
}

/** Lets go of parts behind the last position that a read can go on from: what they hold is read again. */
async function dropOpenEnd(
  parts: LandedPart[],
  connector: Connector,
  { landing }: RunContext,
): Promise<void> {
  for (let last = parts.at(-1); last !== undefined; last = parts.at(-1)) {
    if (connector.isResumable?.(last.to) !== false) return
    parts.pop()
    await landing.remove(last)
  }
}
