import { logicalTypeName } from '../batch/logical-type-name.ts'
import type { ChangeRules } from './change-rules.ts'
import type { RealChange } from './column-change.ts'
import { renameOperation } from './rename-operation.ts'

export interface ChangeEffect {
  /** `always`: a load with the change is held. `misfits`: one with a value that the table's type cannot hold is. */
  readonly holds: 'always' | 'misfits' | 'never'
  /** What loading does about it, in words. */
  readonly says: string
}

/** What loading does about a change of a column. Pure; loads go by `holds`, and plans tell what it says. */
export function effectOfChange(change: RealChange, rules: ChangeRules): ChangeEffect {
  const { added, removed } = rules.policy
  switch (change.kind) {
    case 'added':
      return added === 'refuse' ? HELD : { holds: 'never', says: ADDED[added] }
    case 'removed':
      return removed === 'refuse' ? HELD : { holds: 'never', says: 'stays, and gets NULL' }
    case 'renamed': {
      const { column, newName } = change
      const goOn = `to go on with the old name, ${renameOperation(newName, column)} in a stage`
      if (added === 'refuse' || removed === 'refuse')
        return { holds: 'always', says: `holds the load; ${goOn}` }
      const fate = `${newName} ${ADDED[added]}, ${column} stays and gets NULL`
      return { holds: 'never', says: `${fate}; ${goOn}` }
    }
    case 'widened':
    case 'changed': {
      const fate = `stays ${logicalTypeName(change.from)}; values that do not fit`
      const holds =
        rules.rejectsNone || (rules.policy.changed === 'refuse' && !rules.declared.has(change.column))
      return holds
        ? { holds: 'misfits', says: `${fate} hold the load` }
        : { holds: 'never', says: `${fate} reject their rows` }
    }
  }
}

const HELD: ChangeEffect = { holds: 'always', says: 'holds the load' }
const ADDED = { evolve: 'will be added, NULL in older rows', ignore: 'is left out' } as const
