import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Transformation } from '../../transform/transformation.ts'
import type { StreamLoad } from './stream-load.ts'

/**
 * Refuses a load whose stages rewrite a key that is compared with the source's: every row would look gone there, and be deleted.
 * Throws WW4210.
 */
export function refuseRewrittenKeys({ pipeline, stream }: StreamLoad, shaped: Transformation): void {
  if (pipeline.extract.database?.reconcile === undefined) return
  const rewritten = pipeline.load.mergeKeys.filter((key) => !shaped.asArrived.has(key))
  if (rewritten.length === 0) return
  throw new WaterworksError('WW4210', {
    message: `${pipeline.name}.${stream}: stages rewrite ${rewritten.join(', ')}, and the source is asked for its own`,
  })
}
