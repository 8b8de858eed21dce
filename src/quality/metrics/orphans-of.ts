import type { Dialect } from '../../engines/dialect.ts'
import type { Relation } from '../../engines/relation.ts'
import { bracketed } from '../where.ts'

interface Reference {
  readonly column: string
  readonly to: Relation
  readonly field: string
  readonly where?: string
}

/** What may stand after FROM: the rows whose value exists in no row of the parent. NULL is none of them. */
export function orphansOf(
  { column: name, to, field: parent, where }: Reference,
  selected: string,
  rows: string,
  dialect: Dialect,
): string {
  const column = dialect.identifier(name)
  const field = dialect.identifier(parent)
  const conditions = `${where === undefined ? '' : `${bracketed(where)} and `}${column} is not null`
  return (
    `(select ${selected} from ${rows} where ${conditions}) as child` +
    ` where not exists (select 1 from ${dialect.relation(to)} as parent where parent.${field} = child.${column})`
  )
}
