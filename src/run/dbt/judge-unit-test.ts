import { compileNode } from '../../dbt/runtime/compile-node.ts'
import { nodeRendering } from '../../dbt/runtime/node-rendering.ts'
import { TemplateRenderer } from '../../dbt/template-renderer.ts'
import { namesOverridden } from '../../dbt/unit-tests/names-overridden.ts'
import { runUnitTest, type UnitTestSetting, type UnitTestView } from '../../dbt/unit-tests/unit-test.ts'
import type { Executor } from '../../engines/engine.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { UnitTestNode } from '../../graph/node.ts'
import type { CheckResult } from '../../quality/check.ts'
import type { RunContext } from '../run-context.ts'
import { connectionFor, type DbtWork } from './dbt-work.ts'
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
    render: (tested, view) => {
      const rendering = nodeRendering({
        ...nodeRequest(tested, connection, dbt),
        resolve: (reference) => {
          const { cte, target } = view.resolve(reference)
          const identifier = target.resource_type === 'source' ? target.identifier : target.alias
          return { relation: { database: target.database, schema: target.schema, identifier }, cte }
        },
      })
      const file = dbt.parsed.fileOf(tested.unique_id)
      const overrides = namesOverridden(view, dbt.parsed.renderer)
      return rendererFor(view, dbt).renderAsync(
        { path: file?.shown ?? tested.original_file_path, text: file?.text ?? tested.raw_code },
        { ...rendering, overrides },
      )
    },
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

/** The project's templates with the variables of a unit test. */
function rendererFor({ vars, envVars }: UnitTestView, { parsed }: DbtWork): TemplateRenderer {
  const { settings, macros } = parsed.renderer
  const env = Object.fromEntries(Object.entries(envVars).map(([name, value]) => [name, String(value)]))
  return new TemplateRenderer(
    { ...settings, cliVars: { ...settings.cliVars, ...vars }, env: { ...settings.env, ...env } },
    macros,
  )
}
