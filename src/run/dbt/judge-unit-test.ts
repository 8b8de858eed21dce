import { compileNode } from '../../dbt/runtime/compile-node.ts'
import { renderTested } from '../../dbt/unit-tests/render-tested.ts'
import { runUnitTest, type UnitTestSetting } from '../../dbt/unit-tests/unit-test.ts'
import type { Executor } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { UnitTestNode } from '../../graph/node.ts'
import type { CheckResult } from '../../quality/check.ts'
import type { RunContext } from '../run-context.ts'
import { connectionFor } from './dbt-work.ts'
import { nodeRequest } from './node-request.ts'

/** Runs a unit test on an executor and says how it went. Nothing is written. Throws what the test throws: WW2301 to WW2306. */
export async function judgeUnitTest(
  node: UnitTestNode,
  executor: Executor,
  { dbt, engine }: RunContext,
): Promise<CheckResult> {
  const started = performance.now()
  const { manifest: test, uniqueId: id, name } = node
  const model = dbt.parsed.manifest.nodes[test.tested_node_unique_id ?? '']
  if (model?.resource_type !== 'model') {
    throw new WaterworksError('WW2304', {
      message: `unit test ${name} is of ${test.model}, which is no model`,
    })
  }
  const connection = connectionFor(id, executor, false, dbt)
  const setting: UnitTestSetting = {
    connection,
    dialect: { ...engine.dialect, type: dbt.engine },
    lookUp: (reference) => {
      const found = dbt.parsed.lookup.find(reference, model.package_name)
      return found && !found.isDisabled ? found.node : undefined
    },
    render: (tested, view) =>
      renderTested(dbt.parsed.renderer, tested, view, {
        manifest: dbt.parsed.manifest,
        connection,
        log: (text, level) => dbt.log(text, level),
        warn: (text) => dbt.warn(text),
      }),
    compileEphemeral: async (ephemeral) => {
      const file = { path: ephemeral.original_file_path, text: ephemeral.raw_code }
      return compileNode(dbt.parsed.renderer, file, nodeRequest(ephemeral, connection, dbt))
    },
  }
  const { status, failures, message, compiled } = await runUnitTest(test, model, setting)
  dbt.journal.compiled(id, compiled)
  const seconds = (performance.now() - started) / 1000
  return { id, name, status, failures, message: message ?? 'rows are as expected', seconds }
}
