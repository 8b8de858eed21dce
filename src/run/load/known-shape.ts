import type { Executor } from '../../engines/engine.ts'
import type { Relation } from '../../engines/relation.ts'
import type { StreamLoad } from './stream-load.ts'
import { SHAPES } from './warehouse-tables.ts'

/** A column that is called otherwise than its source, and where in records that is. */
export interface KnownColumn {
  readonly column: string
  /** The keys that lead to it within its table. */
  readonly source: readonly string[]
}

/** What is remembered of how records of a stream became columns and tables. */
export interface KnownShape {
  /** Columns of the stream's own table. */
  readonly columns: readonly KnownColumn[]
  /** Tables of lists, by the keys that lead to them. */
  readonly children: readonly KnownChild[]
}

export interface KnownChild {
  readonly path: readonly string[]
  readonly relation: Relation
  readonly columns: readonly KnownColumn[]
}

export const NO_SHAPE: KnownShape = Object.freeze({ columns: [], children: [] })

/** Reads what is remembered of a stream's shape. */
export async function knownShape(
  executor: Executor,
  load: Pick<StreamLoad, 'engine' | 'pipeline' | 'stream' | 'target'>,
): Promise<KnownShape> {
  const { relation, parameter } = load.engine.dialect
  const rows = await executor.rows(
    `select table_name, table_path, column_name, source_path from ${relation(SHAPES)}
 where pipeline = ${parameter(1)} and stream = ${parameter(2)} order by table_name, column_name`,
    [load.pipeline.name, load.stream],
  )
  const tables = Map.groupBy(rows, (row) => String(row['table_name']))
  const all = [...tables].map(([name, columns]): KnownChild => {
    return {
      path: keysOf(columns[0]?.['table_path']),
      relation: { ...load.target, name },
      columns: columns
        .filter((row) => row['column_name'] !== MARKER)
        .map((row) => ({ column: String(row['column_name']), source: keysOf(row['source_path']) })),
    }
  })
  return {
    columns: all.find(({ path }) => path.length === 0)?.columns ?? [],
    children: all.filter(({ path }) => path.length > 0).toSorted((a, b) => a.path.length - b.path.length),
  }
}

/** A table of a list is remembered also where it has no columns of its own. */
const MARKER = ''

/** Remembers, in the publishing transaction, what is new of a stream's shape. */
export async function rememberShape(
  executor: Executor,
  load: StreamLoad,
  shape: KnownShape,
  known: KnownShape,
): Promise<void> {
  const before = new Set(rowsOf(load, known))
  const fresh = rowsOf(load, shape).filter((row) => !before.has(row))
  if (fresh.length === 0) return
  const { relation, literal } = load.engine.dialect
  const ids = [load.pipeline.name, load.stream].map(literal).join(', ')
  await executor.execute(
    `insert into ${relation(SHAPES)} (pipeline, stream, table_name, table_path, column_name, source_path, run_id)
values ${fresh.map((row) => `(${ids}, ${row}, ${literal(load.runId)})`).join(', ')}`,
  )
}

function rowsOf({ engine, target }: StreamLoad, { columns, children }: KnownShape): readonly string[] {
  const { literal } = engine.dialect
  const rows = (name: string, path: readonly string[], list: readonly KnownColumn[]) =>
    list.map(({ column, source }) =>
      [name, JSON.stringify(path), column, JSON.stringify(source)].map(literal).join(', '),
    )
  return [
    ...rows(target.name, [], columns),
    ...children.flatMap(({ path, relation, columns: own }) =>
      rows(relation.name, path, [{ column: MARKER, source: [] }, ...own]),
    ),
  ]
}

function keysOf(text: unknown): readonly string[] {
  const keys: unknown = JSON.parse(String(text))
  return Array.isArray(keys) ? keys.map(String) : []
}
