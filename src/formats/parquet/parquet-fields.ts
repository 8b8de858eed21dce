import type { Field } from '../../batch/logical-type.ts'
import { duckDbDialect } from '../../engines/duckdb/duckdb-dialect.ts'
import { bridgeExpression, parseDuckDbType } from '../../engines/duckdb/duckdb-types.ts'
import type { Executor } from '../../engines/engine.ts'

export interface ParquetColumn {
  readonly field: Field
  /** The expression of the field's type over `read_parquet`: nested values as JSON, unknown types as text. */
  readonly sql: string
}

/** The columns of a Parquet file. */
export async function parquetFields(executor: Executor, file: string): Promise<readonly ParquetColumn[]> {
  const described = await executor.rows(`describe select * from read_parquet(${duckDbDialect.literal(file)})`)
  return described.map((row) => {
    const [name, typeName] = [String(row['column_name']), String(row['column_type'])]
    const column = duckDbDialect.identifier(name)
    const type = parseDuckDbType(typeName)
    if (type) return { field: { name, type }, sql: column }
    const bridge = bridgeExpression(column, typeName)
    return { field: { name, type: bridge.type }, sql: bridge.sql }
  })
}
