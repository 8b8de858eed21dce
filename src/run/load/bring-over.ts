import type { Field } from '../../batch/logical-type.ts'
import type { Dialect } from '../../engines/dialect.ts'
import type { Incoming } from './incoming.ts'
import { ROW } from './load-columns.ts'
import type { StreamLoad } from './stream-load.ts'

const INCOMING = '_ww_incoming'
const MALFORMED = '_ww_malformed'

/**
 * Loads what was staged in the reader into temporary tables of a session that cannot read it there. Rows that were called
 * otherwise or taken apart are brought over once, with their columns as they arrived beside those that they became.
 */
export async function bringOver(load: StreamLoad, incoming: Incoming): Promise<Incoming> {
  const { reader, engine, session } = load
  const { dialect } = engine
  const brought: string[] = []
  const bring = async (name: string, select: string): Promise<string> => {
    const fields = await reader.describe(select)
    const table = { name }
    await session.execute(createTemporary(dialect, name, fields))
    brought.push(dialect.relation(table))
    await session.load(table, reader.batches(select))
    return dialect.relation(table)
  }
  const { raw, fields, defect, children } = incoming
  const isShaped = raw.from !== incoming.from
  const names = isShaped ? shapedNames(fields) : new Map<string, string>()
  const from = await bring(INCOMING, isShaped ? both(incoming, names) : `select * from ${incoming.from}`)
  const malformed = await bring(MALFORMED, `select * from ${incoming.malformed}`)
  const broughtChildren = []
  for (const [index, child] of children.entries()) {
    const table = await bring(`_ww_child_${index}`, `select * from ${child.from}`)
    broughtChildren.push({ ...child, from: table })
  }
  const misfits = incoming.misfits && {
    ...incoming.misfits,
    from: await bring('_ww_misfits', `select * from ${incoming.misfits.from}`),
  }
  const list = fields.map(({ name }) => `${names.get(name)} as ${dialect.identifier(name)}`)
  const shaped = [...list, ...(defect === undefined ? [] : [defect]), ROW].join(', ')
  return {
    ...incoming,
    from: isShaped ? `(select ${shaped} from ${from})` : from,
    raw: isShaped
      ? { ...raw, from, columns: raw.fields.map((_, index) => rawName(index)) }
      : { ...raw, from },
    children: broughtChildren,
    misfits,
    malformed,
    async discard() {
      for (const table of brought) await session.execute(`drop table if exists ${table}`)
      await incoming.discard()
    },
  }
}

const rawName = (index: number): string => `_ww_raw_${index}`

/** A column may be called what another one was called as it arrived. */
function shapedNames(fields: readonly Field[]): ReadonlyMap<string, string> {
  return new Map(fields.map(({ name }, index) => [name, `_ww_shaped_${index}`]))
}

/** SQL of the reader: every row as it arrived, and as it became. */
function both({ from, raw, defect }: Incoming, names: ReadonlyMap<string, string>): string {
  const quote = (name: string) => `"${name.replaceAll('"', '""')}"`
  const shaped = [...names].map(([name, as]) => `s.${quote(name)} as ${as}`)
  const arrived = raw.fields.map(({ name }, index) => `r.${quote(name)} as ${rawName(index)}`)
  const list = [...arrived, `r.${ROW}`, ...shaped, ...(defect === undefined ? [] : [`s.${defect}`])]
  return `select ${list.join(', ')} from ${raw.from} as r join ${from} as s on s.${ROW} = r.${ROW}`
}

function createTemporary(dialect: Dialect, name: string, fields: readonly Field[]): string {
  const columns = fields.map((field) => `${dialect.identifier(field.name)} ${dialect.typeName(field.type)}`)
  return `create temporary table ${dialect.identifier(name)} (${columns.join(', ')})`
}
