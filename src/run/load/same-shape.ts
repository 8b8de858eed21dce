import { logicalTypeName } from '../../batch/logical-type-name.ts'
import type { Executor } from '../../engines/engine.ts'
import type { FileScan } from '../../formats/file-scan.ts'
import { parseScan } from '../../landing/manifest.ts'
import { moment } from './moment.ts'
import type { StreamLoad } from './stream-load.ts'
import { LOADS } from './warehouse-tables.ts'

/**
 * Whether a load brings the columns that the stream's last one brought: how they differ from the table's was told then.
 * To be asked before the load is recorded.
 */
export async function hasShapeOfLastLoad(executor: Executor, load: StreamLoad): Promise<boolean> {
  const { dialect } = load.engine
  const of = (pipeline: string, stream: string) =>
    `pipeline = ${pipeline} and stream = ${stream} and status = 'loaded'`
  const last = await executor.rows(
    `select distinct scan from ${dialect.relation(LOADS)}
 where ${of(dialect.parameter(1), dialect.parameter(2))} and loaded_at = (
   select max(loaded_at) from ${dialect.relation(LOADS)}
   where ${of(dialect.parameter(3), dialect.parameter(4))} and loaded_at < ${moment(dialect, load.now)})`,
    [load.pipeline.name, load.stream, load.pipeline.name, load.stream],
  )
  const before = last.map((row) => parseScan(String(row['scan']), load.stream))
  return before.length > 0 && shapeOf(before) === shapeOf(load.parts.map((part) => part.scan))
}

/** Types too where they are the source's own: those of CSV and JSON are sniffed from values. */
function shapeOf(scans: readonly FileScan[]): string {
  const columns = scans.flatMap(({ format, fields }) =>
    fields.map(({ name, type }) => (format === 'parquet' ? [name, logicalTypeName(type)] : [name])),
  )
  return [...new Set(columns.map((column) => JSON.stringify(column)))].toSorted().join()
}
