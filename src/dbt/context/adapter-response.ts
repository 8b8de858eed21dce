import { AttributeObject } from './attribute-object.ts'

/** What a statement answered, as templates have it: `response.code`, `response.rows_affected`. Its text is its message. */
export class AdapterResponse extends AttributeObject {
  readonly message: string
  /** What is known of the answer, under dbt's names. */
  readonly fields: Readonly<Record<string, unknown>>
  /** Rows that were changed, also where templates are not told. */
  readonly rowsChanged: number

  private constructor(message: string, parts: Readonly<Record<string, unknown>>, rowsChanged: number) {
    const values = { _message: message, code: null, rows_affected: null, ...parts }
    super('AdapterResponse', {
      attribute: (name) => (Object.hasOwn(values, name) ? values[name as keyof typeof values] : undefined),
      names: () => Object.keys(values),
      isMapping: true,
    })
    this.message = message
    this.fields = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
    this.rowsChanged = rowsChanged
  }

  /** Of a statement that was sent: dbt's adapter for DuckDB says OK to all of them, that for Postgres what the server says. */
  static of(engine: 'duckdb' | 'postgres', code: string, rows: number): AdapterResponse {
    if (engine === 'duckdb' || code === '') return new AdapterResponse('OK', {}, rows)
    const isCounted = /^(?:SELECT|INSERT|UPDATE|DELETE|MERGE|COPY)$/.test(code)
    const status = `${code}${code === 'INSERT' ? ' 0' : ''}${isCounted ? ` ${rows}` : ''}`
    return new AdapterResponse(status, { code, rows_affected: isCounted ? rows : -1 }, rows)
  }

  /** Of what a materialization says it did. */
  static written(message: unknown, code: unknown, rows: unknown): AdapterResponse {
    const changed = typeof rows === 'number' || typeof rows === 'bigint' ? Number(rows) : 0
    return new AdapterResponse(
      String(message ?? ''),
      { code: code ?? null, rows_affected: rows ?? null },
      changed,
    )
  }

  override toText(): string {
    return this.message
  }
}
