import { hostFunction } from '../../jinja/values/host-function.ts'

/** What a batch of a table that is there is told, whatever was asked of the run: the first one has made it anew. */
export const incrementalNames: Readonly<Record<string, unknown>> = {
  is_incremental: hostFunction('is_incremental', () => true),
  should_full_refresh: hostFunction('should_full_refresh', () => false),
}
