import type { Executor, Row } from '../../../src/engines/engine.ts'
import type { ScratchProject } from '../scratch-project.ts'

export interface LoadRow {
  readonly loadId: string
  readonly pipeline: string
  readonly runId: string
  readonly origin: string
  readonly hash: string
  readonly records: number
  readonly status: string
}

export interface QuarantineRow {
  readonly origin: string
  /** What names the record in its payload. */
  readonly token: string
  readonly isOpen: boolean
}

/** Everything in a shop's warehouse. A relation that does not exist has no rows. */
export interface WarehouseContents {
  readonly relations: ReadonlySet<string>
  readonly tables: Readonly<Record<string, readonly Row[]>>
  readonly loads: readonly LoadRow[]
  readonly positions: readonly Row[]
  readonly quarantine: readonly QuarantineRow[]
}

const QUERIES: Readonly<Record<string, string>> = {
  'raw.raw_shop_events': `select event_id, batch, amount, _run_id from`,
  'raw.raw_shop_customers': 'select customer_id, token, _run_id from',
  'raw.raw_shop_prices': 'select item, version, price, _run_id from',
  'raw.raw_shop_stock': 'select day, sku, version, _run_id from',
  'analytics.event_totals': 'select batch, events, total from',
  'analytics.customer_tokens': 'select customer_id, token from',
  'analytics.price_list': 'select item, version, price from',
  'analytics.stock_days': 'select day, skus, version from',
  'analytics.overview': 'select events, days, prices_version from',
  '_waterworks.loads': 'select * from',
  '_waterworks.positions': 'select * from',
  '_waterworks.quarantine': 'select * from',
}

/** Reads the whole warehouse as it is now, in one transaction. */
export function readWarehouse(project: ScratchProject): Promise<WarehouseContents> {
  return project.withEngine(async (engine) => {
    const session = await engine.connect()
    try {
      return await session.transaction(async (transaction) => {
        // A commit that a killed build had sent may still take effect between two statements.
        if (project.target.type === 'postgres') {
          await transaction.execute('set transaction isolation level repeatable read')
        }
        return contents(transaction)
      })
    } finally {
      await session.close()
    }
  })
}

async function contents(executor: Executor): Promise<WarehouseContents> {
  const listed = await executor.rows(
    `select table_schema as s, table_name as t from information_schema.tables
 where table_schema not in ('information_schema', 'pg_catalog')`,
  )
  const relations = new Set(listed.map((row) => `${row['s']}.${row['t']}`))
  const tables: Record<string, readonly Row[]> = {}
  for (const [relation, select] of Object.entries(QUERIES)) {
    tables[relation] = relations.has(relation) ? await executor.rows(`${select} ${relation}`) : []
  }
  return {
    relations,
    tables,
    loads: (tables['_waterworks.loads'] ?? []).map((row) => ({
      loadId: String(row['load_id']),
      pipeline: String(row['pipeline']),
      runId: String(row['run_id']),
      origin: String(row['origin']),
      hash: String(row['content_hash']),
      records: Number(row['records']),
      status: String(row['status']),
    })),
    positions: tables['_waterworks.positions'] ?? [],
    quarantine: (tables['_waterworks.quarantine'] ?? []).map((row) => ({
      origin: String(row['origin']),
      token: /[ec]\d+-\d+x/.exec(String(row['payload']))?.[0] ?? 'no token',
      isOpen: row['replayed_at'] === null,
    })),
  }
}
