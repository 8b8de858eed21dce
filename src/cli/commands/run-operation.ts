import type { MacroEntry } from '../../dbt/macros/macro-entry.ts'
import { runOperation as callMacro, findOperation } from '../../dbt/runtime/run-operation.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { parseYaml } from '../../project/yaml/parse-yaml.ts'
import { connectionFor } from '../../run/dbt/dbt-work.ts'
import type { RunContext } from '../../run/run-context.ts'
import type { Command, Invocation } from '../command.ts'
import { inRunContext } from '../compose/in-run-context.ts'
import { invocationArgs } from '../compose/invocation-args.ts'
import { leaveArtifacts } from '../compose/leave-artifacts.ts'
import { openState } from '../compose/open-state.ts'
import { withStopSignal } from '../compose/stop-signal.ts'
import { openWorkspace } from '../compose/workspace.ts'

export const runOperation: Command = {
  name: 'run-operation',
  summary: 'Call a macro',
  description: `Calls a macro of the project or of a package, with the warehouse at hand. What it runs is committed when it ends, and
rolled back when it fails. Nothing else is built.`,
  positionals: 'MACRO',
  options: [{ name: 'args', type: 'string', value: 'YAML', help: 'Its arguments, by name: "{days: 30}".' }],
  examples: [
    {
      line: 'waterworks run-operation drop_old_schemas --args "{days: 30}"',
      says: 'A macro of the project.',
    },
    { line: 'waterworks run-operation codegen.generate_source', says: 'One of a package.' },
  ],
  run,
}

async function run(invocation: Invocation): Promise<number> {
  const { flags, output, positionals } = invocation
  const [name, ...more] = positionals
  if (name === undefined || more.length > 0) {
    throw new WaterworksError('WW7001', { message: 'run-operation takes the name of one macro' })
  }
  const args = argsOf(flags.text('args'))
  const workspace = await openWorkspace(invocation, { command: 'run-operation' })
  const macro = findOperation(workspace.parsed.renderer, name)
  const state = await openState(workspace)
  try {
    return await withStopSignal(output, (signal) =>
      inRunContext(
        workspace,
        state,
        { signal, listener: () => undefined, log: (text) => output.log(text) },
        async (context) => {
          const started = performance.now()
          const error = await call(macro, args, context)
          const seconds = (performance.now() - started) / 1000
          context.dbt.results.operation(macro.uniqueId, error === undefined ? 'success' : 'error', seconds)
          const called = { ...invocationArgs(flags, 'run-operation', workspace.now), macro: positionals[0] }
          await leaveArtifacts(workspace, called, context.dbt, seconds)
          if (error !== undefined) output.problems([{ severity: 'error', error }])
          output.json({ status: error === undefined ? 'success' : 'error' })
          return error === undefined ? 0 : 1
        },
      ),
    )
  } finally {
    await state.close()
  }
}

/** Gives what it failed with. */
function call(
  macro: MacroEntry,
  args: Readonly<Record<string, unknown>>,
  { sessions, dbt }: RunContext,
): Promise<WaterworksError | undefined> {
  return sessions.use(async (session) => {
    const connection = connectionFor(macro.uniqueId, session, true, dbt)
    try {
      await callMacro(dbt.parsed.renderer, macro, args, {
        connection,
        manifest: dbt.parsed.manifest,
        resolve: dbt.queries.resolveFor(macro.packageName),
        log: (text, level) => dbt.log(text, level),
        warn: (text) => dbt.warn(text),
      })
      await connection.commit()
      return undefined
    } catch (error) {
      await connection.rollback()
      if (error instanceof WaterworksError) return error
      throw error
    }
  })
}

function argsOf(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {}
  const value = parseYaml(text, '--args', 'python')
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new WaterworksError('WW7001', { message: '--args is not a YAML mapping of names to values' })
}
