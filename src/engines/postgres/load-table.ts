import type { Batch } from '../../batch/batch.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Relation } from '../relation.ts'
import { CopyEncoder } from './copy-encoder.ts'
import { CopyIn } from './copy-in.ts'
import type { PostgresConnection } from './postgres-connection.ts'
import { postgresDialect as dialect } from './postgres-dialect.ts'
import type { CatalogRelation } from './table-columns.ts'

/**
 * Appends batches by binary COPY, holding the connection; returns the rows written. Columns are matched by name;
 * those of the table that do not arrive take their defaults. Throws WW3008 when the columns do not fit.
 */
export async function loadTable(
  connection: PostgresConnection,
  table: Relation,
  catalog: CatalogRelation,
  batches: AsyncIterable<Batch>,
): Promise<number> {
  let names: readonly string[] | undefined
  let copy: CopyIn | undefined
  let encoder: CopyEncoder | undefined
  try {
    for await (const batch of batches) {
      if (copy === undefined || encoder === undefined || names === undefined) {
        names = batch.columns.map((column) => column.name)
        encoder = new CopyEncoder(targetsOf(names, table, catalog))
        const list = names.map((name) => dialect.identifier(name)).join(', ')
        copy = connection.submit(
          new CopyIn(`copy ${dialect.relation(table)} (${list}) from stdin (format binary)`),
        )
      }
      expectSameColumns(names, batch, table)
      for (const message of encoder.encode(batch)) await copy.write(message)
    }
    if (copy === undefined || encoder === undefined) return 0
    await copy.write(encoder.end())
    return await copy.finish()
  } catch (error) {
    await copy?.abort()
    throw error
  }
}

function targetsOf(names: readonly string[], table: Relation, { columns }: CatalogRelation): number[] {
  const byName = new Map(columns.map((column) => [column.name, column.baseTypeId]))
  return names.map((name) => {
    const target = byName.get(name)
    if (target !== undefined) return target
    throw new WaterworksError('WW3008', { message: `table ${dialect.relation(table)} has no column ${name}` })
  })
}

function expectSameColumns(names: readonly string[], batch: Batch, table: Relation): void {
  const same =
    batch.columns.length === names.length && batch.columns.every((column, i) => column.name === names[i])
  if (same) return
  throw new WaterworksError('WW3008', {
    message: `the columns of the batches for ${dialect.relation(table)} change from one batch to the next`,
  })
}
