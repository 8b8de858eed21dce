import type { StatementResult } from '../../dbt/adapter/adapter-connection.ts'
import { printTable } from '../../dbt/agate/print-table.ts'
import { DateValue } from '../../dbt/python/date-value.ts'
import { DatetimeValue } from '../../dbt/python/datetime-value.ts'
import { DecimalValue } from '../../dbt/python/decimal-value.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { toHost } from '../../jinja/values/convert.ts'
import { textOf } from '../../jinja/values/text.ts'
import { connectionFor } from '../../run/dbt/dbt-work.ts'
import type { Output } from '../output.ts'
import { dbtWork } from './dbt-work.ts'
import { openEngine } from './open-engine.ts'
import { withPatience } from './patience.ts'
import type { Workspace } from './workspace.ts'

/** The forms in which dbt's compile and show print. */
export type DbtForm = 'json' | 'text'

export interface Preview {
  /** The node's name; undefined for a query of the command line. */
  readonly name: string | undefined
  readonly form: DbtForm
}

/** The first rows of a query, typed as templates have them. Throws WW3001 for a query that fails. */
export async function previewRows(
  workspace: Workspace,
  id: string,
  code: string,
  limit: number | undefined,
): Promise<StatementResult> {
  const engine = await withPatience(() => openEngine(workspace))
  try {
    const connection = connectionFor(id, await engine.connect(), false, dbtWork(workspace, {}))
    return await connection.execute(limit === undefined ? code : `${code}\nlimit ${limit}`)
  } finally {
    await engine.close()
  }
}

/** Prints rows as dbt's `show` does: a table of at most six columns, or a document. */
export async function printPreview(
  { columns, rows }: StatementResult,
  { name, form }: Preview,
  output: Output,
): Promise<void> {
  if (form === 'json') {
    const shown = rows.map((row) =>
      Object.fromEntries(columns.map((column, index) => [column.name, jsonOf(row[index])])),
    )
    const document = { ...(name === undefined ? {} : { node: name }), show: shown }
    await output.write(`${JSON.stringify(document, undefined, 2)}\n`)
    return
  }
  if (!output.options.quiet) {
    await output.write(name === undefined ? 'Previewing inline node:\n' : `Previewing node '${name}':\n`)
  }
  await output.write(`${printTable({ columns, rows }, [null], {})}\n`)
}

/** Prints a node's code as dbt's `compile` does. */
export function printCompiled(code: string, { name, form }: Preview, output: Output): void {
  if (form === 'json') {
    const document = { ...(name === undefined ? {} : { node: name }), compiled: code }
    output.print(JSON.stringify(document, undefined, 2))
    return
  }
  const head = name === undefined ? 'Compiled inline node is:' : `Compiled node '${name}' is:`
  output.print(output.options.quiet ? code : `${head}\n${code}`)
}

/** The form that `--output` of compile asks for. Throws WW7001 for another. */
export function dbtForm(text: string | undefined): DbtForm {
  if (text === undefined || text === 'text' || text === 'json') return text ?? 'text'
  throw new WaterworksError('WW7001', { message: `--output takes text or json, not ${text}` })
}

/** As agate writes values to JSON: decimals as numbers, days and moments in ISO 8601. */
function jsonOf(value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (value instanceof DecimalValue) return Number(value.toText())
  if (value instanceof DateValue) return value.toText()
  if (value instanceof DatetimeValue) return value.toText().replace(' ', 'T')
  const host = toHost(value)
  if (typeof host === 'bigint') return Number.isSafeInteger(Number(host)) ? Number(host) : String(host)
  return typeof host === 'object' && host !== null ? textOf(value) : host
}
