import type { PipelineNode, SourceNode } from '../graph/node.ts'
import type { RunContext } from './run-context.ts'
import { type Extracted, extractStream } from './run-stream.ts'

/**
 * Lands what is new of all tables of a pipeline, as many at once as its connector reads, and lets the source go. The
 * first failure is the one that is thrown, once nothing is being read any more.
 */
export async function extractTables(
  node: PipelineNode,
  sources: readonly SourceNode[],
  context: RunContext,
): Promise<ReadonlyMap<string, Extracted>> {
  const connector = await context.connect(node.pipeline)
  const extracted = new Map<string, Extracted>()
  const waiting = [...sources]
  const failures: unknown[] = []
  const work = async (): Promise<void> => {
    for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
      try {
        extracted.set(source.table, await extractStream(node, source, context))
      } catch (error) {
        failures.push(error)
        waiting.length = 0
        if (connector.readTogether !== undefined) await connector.interrupt?.()
      }
    }
  }
  await connector.readTogether?.(sources.map(({ table }) => table))
  await Promise.all(Array.from({ length: connector.streamsAtOnce ?? 1 }, work))
  await connector.release?.()
  if (failures.length > 0) throw failures[0]
  return extracted
}
