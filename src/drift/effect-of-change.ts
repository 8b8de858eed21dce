import { logicalTypeName } from '../batch/logical-type-name.ts'
import { type ChangeMode, mayWiden, type TypeMode } from '../project/schema-changes.ts'
import type { ChangeRules } from './change-rules.ts'
import type { RealChange } from './column-change.ts'
import { renameOperation } from './rename-operation.ts'
import { variantName } from './variants.ts'
import { widerType } from './wider-type.ts'

export interface ChangeEffect {
  /** `always`: a load with the change is held. `misfits`: one with a value that has no place in the table is. */
  readonly holds: 'always' | 'misfits' | 'never'
  /** What loading does about it, in words. */
  readonly says: string
}

/** What loading does about a change of a column. Pure; loads go by `holds`, and plans tell what it says. */
export function effectOfChange(change: RealChange, rules: ChangeRules): ChangeEffect {
  const { columns, types, removed } = rules.policy
  switch (change.kind) {
    case 'added':
      return newColumn(columns, rules)
    case 'removed':
      return removed === 'freeze' ? HELD : { holds: 'never', says: 'stays, and gets NULL' }
    case 'renamed': {
      const { column, newName } = change
      const goOn = `to go on with the old name, ${renameOperation(newName, column)} in a stage`
      if (columns === 'freeze' || removed === 'freeze')
        return { holds: 'always', says: `holds the load; ${goOn}` }
      const { holds, says } = newColumn(columns, rules)
      return { holds, says: `${newName} ${says}, ${column} stays and gets NULL; ${goOn}` }
    }
    case 'widened':
    case 'changed':
      return otherType(change, types, rules)
  }
}

function otherType(
  { column, from, to }: Extract<RealChange, { readonly kind: 'widened' | 'changed' }>,
  mode: TypeMode,
  { rejectsNone, declared }: ChangeRules,
): ChangeEffect {
  const wider = mayWiden(mode) ? widerType(from, to) : undefined
  if (wider !== undefined) {
    const unless = wider.hasAll ? '' : ', where all that is there stays the same in it'
    return { holds: 'never', says: `becomes ${logicalTypeName(wider.type)}${unless}` }
  }
  const stays = `stays ${logicalTypeName(from)}; values that do not fit`
  switch (mode) {
    case 'text':
      return { holds: 'never', says: 'becomes text if a value does not fit' }
    case 'variant':
      return { holds: 'never', says: `${stays} go to ${variantName(column)}` }
    case 'discard_value':
      return { holds: 'never', says: `${stays} are left out, and counted` }
    default: {
      const holds = rejectsNone || (mode === 'freeze' && !declared.has(column))
      return holds
        ? { holds: 'misfits', says: `${stays} hold the load` }
        : { holds: 'never', says: `${stays} reject their rows` }
    }
  }
}

const HELD: ChangeEffect = { holds: 'always', says: 'holds the load' }

function newColumn(mode: ChangeMode, { rejectsNone }: ChangeRules): ChangeEffect {
  switch (mode) {
    case 'evolve':
      return { holds: 'never', says: 'will be added, NULL in older rows' }
    case 'freeze':
      return HELD
    case 'discard_value':
      return { holds: 'never', says: 'is left out, and its values are counted' }
    case 'discard_row':
      return rejectsNone
        ? { holds: 'misfits', says: 'is left out; rows with a value in it hold the load' }
        : { holds: 'never', says: 'is left out; rows with a value in it are rejected' }
  }
}
