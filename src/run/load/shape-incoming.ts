import type { Field, LogicalType } from '../../batch/logical-type.ts'
import { expandNested, type NestedField } from '../../formats/nested/expand-nested.ts'
import { childName } from '../../naming/child-name.ts'
import { schemaChangesOf } from '../../project/schema-changes.ts'
import type { Incoming, IncomingChild } from './incoming.ts'
import type { KnownColumn, KnownShape } from './known-shape.ts'
import { ROW } from './load-columns.ts'
import { DEFECT } from './nested-columns.ts'
import { refuseNameClashes } from './refuse-name-clashes.ts'
import type { Shaping } from './shaping.ts'
import type { StreamLoad } from './stream-load.ts'
import { widenings } from './widenings.ts'

/**
 * Calls the columns of a load as its pipeline says, and takes its nested values apart: rows as they become, and the rows
 * of lists. Throws LoadHeld where two names of the source would be one column, and WW4452.
 */
export async function shapeIncoming(
  load: StreamLoad,
  arrived: Incoming,
  tableTypes: ReadonlyMap<string, LogicalType>,
  shaping: Shaping,
): Promise<Incoming> {
  const { reader, session, target, engine, pipeline, stream } = load
  const { nesting, style, nameOf } = shaping
  const kept = await withoutEmpty(load, arrived, tableTypes, shaping)
  const nested = kept.filter(({ name, type }) => type.kind === 'json' && isTakenApart(load, shaping, name))
  const relationOf = (path: readonly string[]) => ({ ...target, name: childName(target.name, path, style) })
  const expanded =
    nesting === undefined || nested.length === 0
      ? undefined
      : await expandNested(reader, {
          from: arrived.from,
          row: ROW,
          columns: nested.map(({ name }) => name),
          nesting,
          nameOf,
          async typesOf(path, found) {
            const relation = path.length === 0 ? target : relationOf(path)
            const there = (await session.inspect(relation))?.fields ?? []
            const known =
              path.length === 0 ? tableTypes : new Map(there.map(({ name, type }) => [name, type]))
            const policy = schemaChangesOf(pipeline.load, stream, childName(stream, path, style))
            const table = { relation, there }
            const wider = await widenings(session, engine.dialect, table, found, policy)
            return new Map([...known, ...wider])
          },
        })
  const columns = kept.flatMap((field): readonly ShapedColumn[] => {
    const { name } = field
    if (!nested.includes(field)) {
      const named = arrived.variants.has(name) ? name : nameOf([name])
      return [{ name: named, type: field.type, source: [name], sql: `o.${quote(name)}` }]
    }
    return (expanded?.flat.fields ?? [])
      .filter(({ keys }) => keys[0] === name)
      .map((flat) => ({ name: flat.name, type: flat.type, source: flat.keys, sql: `f.${flat.cell}` }))
  })
  const children = (expanded?.children ?? []).map(
    ({ path, fields, from, rows }): IncomingChild => ({
      path,
      relation: relationOf(path),
      fields,
      from,
      rows,
    }),
  )
  const shape = shapeOf(columns, children)
  try {
    await refuseNameClashes(load, tableTypes, columns, children, shaping.known)
  } catch (error) {
    await expanded?.discard()
    await arrived.discard()
    throw error
  }
  const defect = expanded?.defects === undefined ? undefined : DEFECT
  const list = [
    ...columns.map(({ name, sql }) => `${sql} as ${quote(name)}`),
    ...(defect === undefined ? [] : [`d.reason as ${DEFECT}`]),
    `o.${ROW}`,
  ]
  const joins = [
    ...(expanded === undefined ? [] : [`left join ${expanded.flat.from} as f on f.root = o.${ROW}`]),
    ...(defect === undefined ? [] : [`left join ${expanded?.defects} as d on d.root = o.${ROW}`]),
  ]
  return {
    ...arrived,
    from: `(select ${list.join(', ')} from ${arrived.from} as o ${joins.join(' ')})`,
    fields: columns.map(({ name, type }) => ({ name, type })),
    defect,
    children,
    shape,
    async discard() {
      await expanded?.discard()
      await arrived.discard()
    },
  }
}

/** A column, and what it is of: the keys that lead to it, and SQL over `o`, the rows, and `f`, what they held. */
interface ShapedColumn extends Field {
  readonly source: readonly string[]
  readonly sql: string
}

/** Columns whose type the pipeline declares to be JSON stay so. */
function isTakenApart({ pipeline, stream }: StreamLoad, shaping: Shaping, name: string): boolean {
  const { files, database } = pipeline.extract
  const declared = [...files, ...(database?.tables ?? [])]
    .filter(({ table }) => table === stream)
    .some(({ columns }) => ({ ...database?.columns, ...columns })[name]?.kind === 'json')
  return !declared && shaping.takesApart(name)
}

/**
 * The columns without those that never had a value: nobody can tell yet whether they are text or nested, so they wait for
 * one. Where types are stated, and where nothing is taken apart, all columns stay.
 */
async function withoutEmpty(
  { reader, parts }: StreamLoad,
  { from, fields }: Incoming,
  tableTypes: ReadonlyMap<string, LogicalType>,
  { nesting, nameOf, wasNested, takesApart }: Shaping,
): Promise<readonly Field[]> {
  const sniffed = parts.every(({ scan }) => scan.format === 'json' || scan.format === 'ndjson')
  if (nesting === undefined || !sniffed) return fields
  const doubtful = fields.filter(
    ({ name, type }) =>
      wasNested(name) || (type.kind === 'text' && !tableTypes.has(nameOf([name])) && takesApart(name)),
  )
  if (doubtful.length === 0) return fields
  const counts = doubtful.map(({ name }, index) => `count(${quote(name)}) as n${index}`)
  const [row] = await reader.rows(`select ${counts.join(', ')} from ${from} as _ww_values`)
  const empty = new Set(
    doubtful.filter((_, index) => Number(row?.[`n${index}`]) === 0).map(({ name }) => name),
  )
  return fields.filter(({ name }) => !empty.has(name))
}

/** What is to be remembered: columns with other names than their sources, and every table of a list. */
function shapeOf(columns: readonly ShapedColumn[], children: readonly IncomingChild[]): KnownShape {
  const renamed = (name: string, source: readonly string[]): readonly KnownColumn[] =>
    source.length === 1 && source[0] === name ? [] : [{ column: name, source }]
  return {
    columns: columns.flatMap(({ name, source }) => renamed(name, source)),
    children: children.map(({ path, relation, fields }) => ({
      path,
      relation,
      columns: fields.flatMap(({ name, keys }: NestedField) => renamed(name, keys)),
    })),
  }
}

/** The reader's SQL is DuckDB's whichever engine it reads for. */
function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
