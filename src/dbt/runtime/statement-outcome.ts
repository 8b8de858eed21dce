import { textOf } from '../../jinja/values/text.ts'
import { AgateTable } from '../agate/agate-table.ts'
import { AdapterResponse } from '../context/adapter-response.ts'

/** What a named statement gave. */
export interface StatementOutcome {
  readonly message: string
  /** What the warehouse said, under dbt's names; empty when a template made up the answer. */
  readonly answer: Readonly<Record<string, unknown>>
  readonly rowsAffected: number
  readonly table: AgateTable
}

/** A statement's result as `store_result` keeps it; undefined when there was none of that name. */
export function statementOutcome(stored: unknown): StatementOutcome | undefined {
  if (typeof stored !== 'object' || stored === null || !('response' in stored) || !('table' in stored)) {
    return undefined
  }
  const { response, table } = stored
  if (!(table instanceof AgateTable)) return undefined
  const said = response instanceof AdapterResponse ? response : undefined
  return {
    message: textOf(response),
    answer: said?.fields ?? {},
    rowsAffected: said?.rowsChanged ?? 0,
    table,
  }
}
