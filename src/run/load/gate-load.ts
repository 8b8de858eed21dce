import type { Executor } from '../../engines/engine.ts'
import type { Check, CheckResult } from '../../quality/check.ts'
import { failingRows } from '../../quality/failing-rows.ts'
import { evidenceFile } from '../evidence-file.ts'
import { blocks, runChecks } from '../run-checks.ts'
import { LoadHeld } from './load-held.ts'
import type { StreamLoad } from './stream-load.ts'

/** What gates need to know of the load, or whatever else is about to change a stream's table. */
export type Gated = Pick<StreamLoad, 'engine' | 'pipeline' | 'stream' | 'gates' | 'now' | 'evidence'>

/** Runs gates on one relation; throws LoadHeld, with the failing rows kept as evidence, when one blocks. */
export async function gate(
  executor: Executor,
  load: Gated,
  checks: readonly Check[],
  from: string,
): Promise<readonly CheckResult[]> {
  if (checks.length === 0) return []
  const target = { from, dialect: load.engine.dialect, now: load.now }
  const results = await runChecks(executor, checks, target)
  const blocking = results.filter(blocks)
  if (blocking.length === 0) return results
  for (const result of blocking) {
    const check = checks.find(({ id, name }) => id === result.id && name === result.name)
    const query = check && result.status === 'fail' ? failingRows(check, target) : undefined
    if (query === undefined) continue
    await executor.exportRows(
      query,
      evidenceFile(load.evidence, load.pipeline.name, load.stream, result.name),
    )
  }
  const names = blocking.map((result) => result.name).join(', ')
  throw new LoadHeld(`${blocking.length === 1 ? 'check' : 'checks'} ${names} failed`, results)
}

/** The pipeline's post-load gates and the checks of the graph that gate this table, by what each is over. */
export async function gateTable(
  executor: Executor,
  load: Gated,
  target: string,
): Promise<readonly CheckResult[]> {
  const own = load.pipeline.gates.postLoad.map((check) => ({ check, from: target }))
  const others = load.gates.map(({ check, relation }) => ({
    check,
    from: relation === undefined ? '(select 1) as _ww_none' : load.engine.dialect.relation(relation),
  }))
  const results: CheckResult[] = []
  for (const [from, gates] of Map.groupBy([...own, ...others], (each) => each.from)) {
    results.push(
      ...(await gate(
        executor,
        load,
        gates.map((each) => each.check),
        from,
      )),
    )
  }
  return results
}

/** Gates that reject rows one by one never block: what they caught is a warning. */
export function rejections(
  rejecting: readonly Check[],
  reasons: Readonly<Record<string, number>>,
): readonly CheckResult[] {
  return rejecting.map(({ name }) => {
    const failures = reasons[`check ${name} failed`] ?? 0
    const message = failures === 0 ? 'every row passes' : 'failing rows were quarantined'
    return { name, status: failures === 0 ? 'pass' : 'warn', failures, message, seconds: 0 }
  })
}
