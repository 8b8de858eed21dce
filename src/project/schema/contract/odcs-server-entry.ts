import { z } from 'zod'
import { missingKey, strayKeys } from './key-issues.ts'
import { amount, customProperties, identity, type OdcsMinor, role } from './odcs-parts.ts'

/** The keys of each type of server; those before the bar must be there. */
const SERVERS: Readonly<Record<string, string>> = {
  api: 'location |',
  athena: 'stagingDir schema | catalog regionName',
  azure: 'location format | delimiter',
  bigquery: 'project dataset |',
  clickhouse: 'host port database |',
  databricks: 'catalog schema | host',
  denodo: 'host port | database',
  dremio: 'host port | schema',
  duckdb: 'database | schema',
  glue: 'account database | location format',
  cloudsql: 'host port database schema |',
  db2: 'host port database | schema',
  hive: 'host database | port',
  impala: 'host database | port',
  informix: 'host database | port',
  kafka: 'host | format',
  kinesis: '| region format',
  local: 'path format |',
  mysql: 'host port database |',
  oracle: 'host port serviceName |',
  postgresql: 'host port database schema |',
  postgres: 'host port database schema |',
  presto: 'host | catalog schema',
  pubsub: 'project |',
  redshift: 'database schema | host region account',
  s3: 'location | endpointUrl format delimiter',
  sftp: 'location | format delimiter',
  snowflake: 'account database schema | host port warehouse',
  sqlserver: 'host database schema | port',
  synapse: 'host port database |',
  trino: 'host port catalog schema |',
  vertica: 'host port database schema |',
  zen: 'host database | port',
  custom:
    '| account catalog database dataset delimiter endpointUrl format host location path port project region regionName schema serviceName stagingDir warehouse stream',
}

/** Types that came with 3.1. */
const LATER: readonly string[] = ['hive', 'impala', 'zen']

const detail = z.string().optional()

const details = {
  ...{ account: detail, catalog: detail, database: detail, dataset: detail, delimiter: detail },
  ...{ endpointUrl: detail, format: detail, host: detail, location: detail, path: detail },
  ...{ project: detail, region: detail, regionName: detail, schema: detail, serviceName: detail },
  ...{ stagingDir: detail, warehouse: detail, stream: detail },
  port: z.union([z.int(), z.bigint()]).optional(),
}

/** A server of ODCS 3: which keys it has, and which it must have, depends on its type. */
export function serverEntry(minor: OdcsMinor) {
  const types = Object.keys(SERVERS).filter((type) => minor === 1 || !LATER.includes(type))
  return z
    .strictObject({
      ...identity(minor),
      server: z.string().describe('What the server is called.'),
      type: z.enum(types),
      description: z.string().optional(),
      environment: z.string().optional(),
      roles: z.array(role(minor)).optional(),
      customProperties: customProperties(minor).optional(),
      ...details,
    })
    .superRefine((entry, context) => {
      const [must = [], may = []] = (SERVERS[entry.type] ?? '|')
        .split('|')
        .map((keys) => keys.trim().split(/\s+/))
      for (const key of must) {
        if (key !== '' && Reflect.get(entry, key) === undefined) missingKey(key, context)
      }
      if (minor === 0) return
      const known = new Set([...must, ...may])
      strayKeys(
        entry,
        Object.keys(details).filter((key) => !known.has(key)),
        context,
      )
    })
}

export const price = z.strictObject({
  id: z.string().optional(),
  priceAmount: amount.optional(),
  priceCurrency: z.string().optional(),
  priceUnit: z.string().optional(),
})
