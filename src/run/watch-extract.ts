import type { Connector, Since } from '../connectors/connector.ts'
import type { PipelineNode } from '../graph/node.ts'
import type { LandedPart } from '../landing/landed-part.ts'
import type { RunContext } from './run-context.ts'

/** Tells whoever watches how much is to come of a stream, and then what each landed part adds to what is there. */
export async function watchExtract(
  connector: Connector,
  { uniqueId }: PipelineNode,
  stream: string,
  since: Since,
  { progress }: RunContext,
): Promise<(part: LandedPart) => void> {
  if (progress === undefined) return () => undefined
  // A source that cannot be looked at shows when it is read.
  const expected = (await connector.expected?.(stream, since).catch(() => undefined)) ?? {}
  let [rows, bytes] = [0, 0]
  const tell = () => progress({ node: uniqueId, stream, rows, bytes, expected })
  tell()
  return (part) => {
    rows += part.records
    bytes += part.bytes
    tell()
  }
}
