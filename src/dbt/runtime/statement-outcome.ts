import { PyDict } from '../../jinja/values/dict.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import { textOf } from '../../jinja/values/text.ts'
import { AgateTable } from '../agate/agate-table.ts'

/** What a named statement gave. */
export interface StatementOutcome {
  readonly code: string
  readonly message: string
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
  const part = (name: string): unknown => {
    if (response instanceof HostObject) return response.getAttribute(name)
    if (response instanceof PyDict) return response.get(name)
    return typeof response === 'object' && response !== null ? response[name as never] : undefined
  }
  const rows = Number(part('rows_affected') ?? 0)
  return {
    code: textOf(part('code') ?? ''),
    message: textOf(part('_message') ?? (typeof response === 'string' ? response : '')),
    rowsAffected: Number.isFinite(rows) ? rows : 0,
    table,
  }
}
