import type { QueryDialect } from '../../src/dbt/check-query.ts'

export const dialect: QueryDialect = {
  identifier: (name) => `"${name.replaceAll('"', '""')}"`,
  relation: ({ schema, name }) =>
    [schema, name]
      .filter((part) => part !== undefined)
      .map((part) => `"${part}"`)
      .join('.'),
  literal: (value) => (typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)),
}
