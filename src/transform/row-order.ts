import { z } from 'zod'
import type { Dialect } from '../engines/dialect.ts'
import { words } from './entry-fields.ts'
import { PIECE, ROW } from './row-columns.ts'
import type { Transformation } from './transformation.ts'

/** A column that rows are ordered by; NULL comes last either way. */
export interface OrderTerm {
  readonly column: string
  readonly descending: boolean
}

const term = z.union([
  words,
  z.strictObject({ column: words, descending: z.boolean().optional().describe('false unless given.') }),
])

/** Columns, each a name, a name with `asc` or `desc` behind it, or a mapping. */
export const orderEntry = z.union([term, z.array(term).min(1, 'must not be empty')])

export function orderOf(given: z.infer<typeof orderEntry> | undefined): readonly OrderTerm[] {
  const terms = given === undefined ? [] : Array.isArray(given) ? given : [given]
  return terms.map((each) => {
    if (typeof each !== 'string') return { column: each.column, descending: each.descending ?? false }
    const [, column = each, direction] = /^(.*\S)\s+(asc|desc)$/i.exec(each.trim()) ?? []
    return { column: column.trim(), descending: direction?.toLowerCase() === 'desc' }
  })
}

/** The items of an ORDER BY. */
export function orderItems(order: readonly OrderTerm[], { identifier }: Dialect): readonly string[] {
  return order.map(
    ({ column, descending }) => `${identifier(column)} ${descending ? 'desc' : 'asc'} nulls last`,
  )
}

/** The items of an ORDER BY in which rows arrived, so that an order is always whole. */
export function sourceOrder(state: Transformation, direction: 'asc' | 'desc'): readonly string[] {
  return [ROW, ...(state.expanded ? [PIECE] : [])].map((column) => `${column} ${direction}`)
}
