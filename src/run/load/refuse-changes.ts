import { changeRules } from '../../drift/change-rules.ts'
import type { RealChange } from '../../drift/column-change.ts'
import { describeChange } from '../../drift/describe-change.ts'
import { effectOfChange } from '../../drift/effect-of-change.ts'
import { renameOperation } from '../../drift/rename-operation.ts'
import { LoadHeld } from './load-held.ts'
import type { StreamLoad } from './stream-load.ts'

/** Holds a load with a change that its pipeline refuses; the message says how a likely rename goes on. */
export function refuseChanges({ pipeline, stream }: StreamLoad, changes: readonly RealChange[]): void {
  const rules = changeRules(pipeline, stream)
  const refused = changes.filter((change) => effectOfChange(change, rules).holds === 'always')
  if (refused.length === 0) return
  const said = refused.map((change) =>
    change.kind === 'renamed'
      ? `${describeChange(change)} (if so, add ${renameOperation(change.newName, change.column)} to a stage)`
      : describeChange(change),
  )
  throw new LoadHeld(`the schema changed: ${said.join(', ')}`, [], changes)
}

/**
 * Holds a load with rejected rows where the pipeline allows none, and one with values that no longer fit where it
 * refuses changed types.
 */
export function refuseMisfits(
  { pipeline, stream }: StreamLoad,
  tableExists: boolean,
  rejected: number,
  reasons: Readonly<Record<string, number>>,
  changes: readonly RealChange[],
): void {
  const rules = changeRules(pipeline, stream)
  const misfits = Object.keys(reasons).filter((reason) => columnOf(reason) !== undefined)
  const behind = changes.filter(
    (change) =>
      'to' in change && misfits.some((reason) => reason.includes(`column ${change.column}: cannot`)),
  )
  const told = behind.length > 0 ? changes : []
  const why = behind.map((change) => `; ${describeChange(change)}`).join('')
  if (rejected > 0 && rules.rejectsNone) {
    const { strategy } = pipeline.errorHandling
    throw new LoadHeld(
      `${rejected} of the rows would be rejected, and ${strategy} allows none${why}`,
      [],
      behind,
    )
  }
  const undeclared = misfits.filter((reason) => !rules.declared.has(columnOf(reason)!))
  if (tableExists && rules.policy.types === 'freeze' && undeclared.length > 0) {
    throw new LoadHeld(`values no longer fit the table's types: ${undeclared.join('; ')}${why}`, [], told)
  }
}

function columnOf(reason: string): string | undefined {
  return /^column (.*): cannot be read as /.exec(reason)?.[1]
}
