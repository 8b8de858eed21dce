import { z } from 'zod'
import { countingColumns } from '../carried-columns.ts'
import { asNames, names, words } from '../entry-fields.ts'
import { defineOperation } from '../operation-definition.ts'
import { requireColumns } from '../require-columns.ts'
import { DUPLICATE, FATE, PIECE, ROW } from '../row-columns.ts'
import { type OrderTerm, orderEntry, orderItems, orderOf, sourceOrder } from '../row-order.ts'

export interface DedupeOptions {
  /** None: the whole row. */
  readonly keys: readonly string[]
  /** The first of this order stays; of rows alike in it the last in source order. */
  readonly order: readonly OrderTerm[]
}

export const dedupe = defineOperation({
  stage: 'clean',
  summary:
    'Of rows that agree on the keys (all columns unless given) one stays: the first by order_by, the greatest by latest_by, else the last in source order.',
  example: 'dedupe: {keys: order_id, order_by: [updated_at desc, version desc]}',
  entry: z.union([
    names,
    z.strictObject({
      keys: names.optional().describe('All columns unless given.'),
      latest_by: words.optional().describe('The greatest stays; NULL is less than all.'),
      order_by: orderEntry.optional().describe('The first stays; NULL comes last.'),
    }),
  ]),
  bare: { keys: [], order: [] } as DedupeOptions,
  effects: ['deduplicated'],
  read(entry, note): DedupeOptions | undefined {
    if (typeof entry === 'string' || Array.isArray(entry)) return { keys: asNames(entry), order: [] }
    if (entry.latest_by !== undefined && entry.order_by !== undefined) {
      note('WW1026', [], {
        message: 'dedupe has two orders, latest_by and order_by',
        hint: `Say it in one: order_by: [${entry.latest_by} desc, …].`,
      })
      return undefined
    }
    const latest = entry.latest_by === undefined ? [] : [{ column: entry.latest_by, descending: true }]
    return { keys: asNames(entry.keys), order: [...latest, ...orderOf(entry.order_by)] }
  },
  /**
   * Only rows whose keys share their hash with another row's are ranked: most loads have few of those, and counting hashes takes
   * a fraction of what sorting every row does.
   */
  compile(state, { keys, order }, context) {
    const { dialect } = context
    requireColumns(state, [...keys, ...order.map(({ column }) => column)], context)
    const by = (keys.length > 0 ? keys : state.columns).map(dialect.identifier)
    const hash = dialect.hash(by)
    const goesOn = state.judged ? ` where ${FATE} is null` : ''
    const shared = `select ${hash} from _ww_all${goesOn} group by 1 having count(*) > 1`
    const ranking = [...orderItems(order, dialect), ...sourceOrder(state, 'desc')].join(', ')
    const identity = [ROW, ...(state.expanded ? [PIECE] : [])]
    const ranked = `select ${identity.join(', ')}, row_number() over (partition by ${by.join(', ')} order by ${ranking}) as _ww_rank
 from _ww_all where ${state.judged ? `${FATE} is null and ` : ''}${hash} in (${shared})`
    const list = [...state.columns.map(dialect.identifier), ...countingColumns(state)].map(
      (name) => `a.${name}`,
    )
    const same = identity.map((name) => `d.${name} = a.${name}`).join(' and ')
    const double = `case when d.${ROW} is not null then '${DUPLICATE}' end`
    const fate = state.judged ? `coalesce(a.${FATE}, ${double})` : double
    const from = `(with _ww_all as materialized (select * from ${state.from} as _ww_deduped)
select ${list.join(', ')}, ${fate} as ${FATE} from _ww_all as a
left join (select * from (${ranked}) as _ww_ranked where _ww_rank > 1) as d on ${same})`
    return { ...state, from, judged: true, acrossRows: true }
  },
})
