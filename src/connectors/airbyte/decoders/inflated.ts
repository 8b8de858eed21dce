import { pipeline, Readable, type Transform } from 'node:stream'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { BodySpool } from '../../http/body-spool.ts'

/** What a decompressor makes of bytes that come in pieces, put into `spool`. Throws WW4413 for what is damaged or cut. */
export async function inflated(
  pieces: Iterable<Buffer>,
  decompressor: Transform,
  spool: BodySpool,
): Promise<BodySpool> {
  try {
    const source = Readable.from(pieces, { objectMode: false })
    // What goes wrong is thrown by the loop.
    for await (const chunk of pipeline(source, decompressor, () => undefined)) spool.add(chunk)
    return spool
  } catch (cause) {
    spool.release()
    throw new WaterworksError('WW4413', { message: 'the compressed answer is damaged', cause })
  }
}
