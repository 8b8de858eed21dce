import type { AgateTable } from '../../dbt/agate/agate-table.ts'
import { materialize } from '../../dbt/runtime/materialize.ts'
import { storedAs } from '../../dbt/stored-failures/stored-as.ts'
import type { Executor } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { TestNode } from '../../graph/node.ts'
import type { CheckResult } from '../../quality/check.ts'
import { counted, describeRule } from '../../quality/describe-rule.ts'
import { verdictOf } from '../../quality/verdict-of.ts'
import { isInterrupt } from '../is-interrupt.ts'
import { connectionFor, type DbtWork } from './dbt-work.ts'
import { nodeRequest } from './node-request.ts'

/** What the rows that a test finds are kept as; undefined when they are not kept. */
export function keptAs(
  { manifest }: TestNode,
  { parsed }: Pick<DbtWork, 'parsed'>,
): 'table' | 'view' | undefined {
  return storedAs(manifest.config, parsed.renderer.settings.flags?.['STORE_FAILURES'] === true)
}

/**
 * Runs a test by the macro of its materialization, which may keep the rows that fail. `sql` is its compiled query. `atOnce`: the
 * macro commits what it keeps; else the executor is a transaction that others end.
 */
export async function runTest(
  node: TestNode,
  sql: string,
  executor: Executor,
  atOnce: boolean,
  dbt: DbtWork,
): Promise<CheckResult> {
  const started = performance.now()
  const { check, uniqueId: id, manifest } = node
  const base = { id, name: check.name }
  const seconds = () => (performance.now() - started) / 1000
  const connection = connectionFor(id, executor, atOnce, dbt)
  const request = {
    ...nodeRequest(manifest, connection, dbt),
    compiledCode: sql,
    config: { materialized: 'test' },
  }
  try {
    const { main } = await executor.tentatively(() => materialize(dbt.parsed.renderer, request))
    await connection.commit()
    const { failures, isError, isWarning } = readVerdict(main?.table, check.name)
    const status = verdictOf(check, { isError, isWarning })
    const message =
      failures === 0 ? describeRule(check.rule) : `the query returns ${counted(failures, 'row')}`
    return { ...base, status, failures, message, seconds: seconds() }
  } catch (error) {
    await connection.rollback()
    if (!(error instanceof WaterworksError) || isInterrupt(error)) throw error
    dbt.journal.failed(id, error)
    return { ...base, status: 'error', failures: 0, message: error.message, seconds: seconds() }
  }
}

/** The row that dbt's materialization of tests ends with. */
function readVerdict(table: AgateTable | undefined, name: string) {
  const [row] = table?.rows ?? []
  const column = (wanted: string): unknown =>
    row?.[table?.columns.findIndex(({ name }) => name.toLowerCase() === wanted) ?? -1]
  const failures = Number(column('failures') ?? 0)
  if (table?.rows.length !== 1 || Number.isNaN(failures)) {
    throw new WaterworksError('WW2102', {
      message: `The materialization of the test ${name} does not end with one row of its failures.`,
    })
  }
  return { failures, isError: isTrue(column('should_error')), isWarning: isTrue(column('should_warn')) }
}

function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === 1n || /^(?:true|1)$/i.test(String(value))
}
