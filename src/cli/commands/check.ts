import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Node } from '../../graph/node.ts'
import type { Command, Invocation } from '../command.ts'
import { checkData } from '../compose/check-data.ts'
import { openWorkspace, type Workspace } from '../compose/workspace.ts'
import { sayAmount } from '../say-number.ts'

export const check: Command = {
  name: 'check',
  summary: 'Report mistakes in the project’s files, or check data',
  description: `Without a name: reads and compiles every file of the project and reports all problems at once, each with its code,
its place and what to do about it. Nothing is connected to and nothing is run, so it is quick enough for every save
and every commit. The exit code is 2 when the project has an error; warnings do not change it.

With a name: checks data as it lies, and changes nothing. The name is a model, a source (system.table), a table of
the warehouse (schema.table), or a file (.parquet, .csv, .tsv, .json, .ndjson). It is judged by the project's own
checks of it, or, with --suite, by a suite of Great Expectations (JSON, of 0.x or 1.x); --json then gives that tool's
validation result. All numbers are asked for together; failing rows are looked for only where a result tells of them. An
expectation that cannot be judged is told of by name, and does not succeed. The exit code is 1 when something fails.`,
  positionals: '[RELATION|FILE]',
  options: [
    { name: 'suite', type: 'string', value: 'FILE', help: 'Judge by this suite of Great Expectations.' },
    {
      name: 'result-format',
      type: 'string',
      value: 'WORD',
      help: 'How much a suite’s result tells: BOOLEAN_ONLY, BASIC, SUMMARY (unless given) or COMPLETE.',
    },
    {
      name: 'index',
      type: 'string',
      multiple: true,
      value: 'COLUMN',
      help: 'Columns by which a suite’s result tells unexpected rows.',
    },
    {
      name: 'parameter',
      type: 'string',
      multiple: true,
      value: 'NAME=VALUE',
      help: 'A value for $PARAMETER in a suite; JSON, or a text.',
    },
    {
      name: 'explain',
      type: 'boolean',
      help: 'Show the queries that would answer the checks, and run none.',
    },
  ],
  examples: [
    { line: 'waterworks check', says: 'The project in this folder.' },
    { line: 'waterworks check --target prod', says: 'As it compiles for another target.' },
    {
      line: `waterworks check --json | jq '.errors[].code'`,
      says: 'For scripts: problems with code, place and hint.',
    },
    { line: 'waterworks check fct_flights', says: 'The data of a model, by its own checks.' },
    { line: 'waterworks check fct_flights --explain', says: 'What that would ask of the warehouse.' },
    {
      line: 'waterworks check flights.parquet --suite suite.json --json',
      says: 'A file, by a suite of Great Expectations.',
    },
  ],
  run,
}

function run(invocation: Invocation): Promise<number> {
  const [name, ...more] = invocation.positionals
  if (more.length > 0) {
    throw new WaterworksError('WW7001', { message: 'check takes one relation or file' })
  }
  const forData = ['suite', 'result-format', 'index', 'parameter', 'explain']
  const idle = forData.find((flag) => flag in invocation.flags.all)
  if (name === undefined && idle !== undefined) {
    throw new WaterworksError('WW7001', {
      message: `--${idle} is for checking a relation or a file: name one`,
    })
  }
  return name === undefined ? report(invocation) : checkData(name, invocation)
}

async function report(invocation: Invocation): Promise<number> {
  const { output } = invocation
  const workspace = await openWorkspace(invocation)
  const { pipelines, models, checks } = counts(workspace)
  const said = [
    sayAmount(pipelines, 'pipeline'),
    sayAmount(models, 'model'),
    sayAmount(checks, 'check'),
  ].join(', ')
  output.print(`${output.paint.success('ok')}: ${said}`)
  const warnings = [...workspace.project.warnings, ...workspace.graph.warnings]
  output.json({
    status: 'ok',
    project: workspace.project.name,
    target: workspace.targetName,
    pipelines,
    models,
    checks,
    warnings: warnings.map(({ error: { code, message, location, hint } }) => ({
      code,
      message,
      location,
      hint,
    })),
  })
  return 0
}

/** Gates of pipelines are checks as well, though no nodes. */
function counts({ graph, project }: Workspace) {
  const count = (kind: Node['kind']) => [...graph.nodes.values()].filter((node) => node.kind === kind).length
  const gates = project.pipelines.reduce(
    (sum, { gates: { preLoad, postLoad } }) => sum + preLoad.length + postLoad.length,
    0,
  )
  return { pipelines: count('pipeline'), models: count('model'), checks: count('check') + gates }
}
