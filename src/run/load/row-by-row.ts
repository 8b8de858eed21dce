import { traitsOf } from '../../project/load-strategy.ts'
import { dropKnownRows, mayBringKnownRows } from './drop-known-rows.ts'
import { type DedupeRule, dropRows, survivors } from './drop-rows.ts'
import { gate } from './gate-load.ts'
import type { Judgement } from './judgement.ts'
import type { PreLoadGates } from './row-gates.ts'
import type { StreamLoad } from './stream-load.ts'

/** The careful way: every row that does not go on is listed and counted, and gates look at those that do. */
export function rowByRow(load: StreamLoad, gates: PreLoadGates, tableExists: boolean): Judgement {
  return {
    assumesClean: false,
    async sort(executor, judged, fit) {
      const dropped = await dropRows(executor, load.engine.dialect, judged, dedupeRules(load))
      const rejected = Object.keys(dropped.reasons).length > 0
      const fewer = dropped.filtered + dropped.deduplicated > 0 || rejected
      const from = survivors(judged.from, fewer)
      const known = mayBringKnownRows(load, tableExists)
        ? await dropKnownRows(executor, load, judged, fit, from, tableExists)
        : 0
      return {
        ...dropped,
        deduplicated: dropped.deduplicated + known,
        from: survivors(judged.from, fewer || known > 0),
      }
    },
    async gate(executor, select) {
      return { select, checks: await gate(executor, load, gates.holding, `(${select}) as _ww_arriving`) }
    },
    confirm: () => undefined,
  }
}

/** What a keyed strategy wants of the rows that it applies, beside what the stages say. */
function dedupeRules(load: StreamLoad): readonly DedupeRule[] {
  const { strategy, mergeKeys, history, matched } = load.pipeline.load
  const { keyed, ofMoments } = traitsOf(strategy)
  if (ofMoments && history.effectiveAt !== undefined) {
    return [{ keys: [...mergeKeys, history.effectiveAt], latestBy: undefined }]
  }
  if (!keyed || matched === 'delete-insert') return []
  return [{ keys: mergeKeys, latestBy: load.pipeline.extract.incrementalKey }]
}
