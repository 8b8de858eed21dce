import type { ContractDialect } from '../../src/contracts/contract-dialect.ts'
import { duckDbDialect } from '../../src/engines/duckdb/duckdb-dialect.ts'

export const dialect: ContractDialect = {
  ...duckDbDialect,
  identifier: (name) => `"${name.replaceAll('"', '""')}"`,
  relation: ({ schema, name }) =>
    [schema, name]
      .filter((part) => part !== undefined)
      .map((part) => `"${part}"`)
      .join('.'),
  literal: (value) => (typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)),
}
