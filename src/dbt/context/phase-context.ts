import { WaterworksError } from '../../errors/waterworks-error.ts'
import { fromHost } from '../../jinja/values/convert.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { textOf } from '../../jinja/values/text.ts'
import { AgateTable } from '../agate/agate-table.ts'
import { AdapterResponse } from './adapter-response.ts'
import { AdapterValue } from './adapter-value.ts'
import { apiValue } from './api-value.ts'
import { bindArguments, textArgument, wrongCall } from './bind-arguments.ts'
import type { ContextNames, ContextScope } from './context-names.ts'
import { contextValue } from './context-value.ts'
import { exceptionsValue } from './exceptions-value.ts'
import { graphValue } from './graph-value.ts'
import { VarValue } from './var-value.ts'

/** The names whose meaning depends on the phase, on where messages go, and on what is known of the project. */
export const phaseContext: ContextNames = {
  var: (scope) => new VarValue(scope),
  log: ({ rendering }) =>
    hostFunction('log', (args, kwargs) => {
      const [message, info] = bindArguments('log', ['msg', 'info'], 1, args, kwargs)
      rendering.log(textOf(message), info === true ? 'info' : 'debug')
      return ''
    }),
  print: ({ rendering, settings }) =>
    hostFunction('print', (args, kwargs) => {
      const [message] = bindArguments('print', ['msg'], 1, args, kwargs)
      if (settings.flags?.['PRINT'] !== false) rendering.log(textOf(message), 'info')
      return ''
    }),
  debug: () => hostFunction('debug', () => ''),
  write: () => hostFunction('write', () => ''),
  exceptions: ({ rendering }) => exceptionsValue(rendering),
  adapter: (scope) => new AdapterValue(scope),
  api: apiValue,
  graph: ({ rendering }) => graphValue(rendering.manifest),
  context: contextValue,
  render: (scope) => hostFunction('render', ([text]) => scope.render(textOf(text))),
  try_or_compiler_error: () => hostFunction('try_or_compiler_error', tryOrFail),
  store_result: storeResult,
  store_raw_result: storeRawResult,
  load_result: ({ results }) =>
    hostFunction('load_result', (args, kwargs) => {
      const [name] = bindArguments('load_result', ['name'], 1, args, kwargs)
      return results.get(textArgument('load_result', 'name', name)) ?? null
    }),
  load_agate_table: ({ rendering }) =>
    hostFunction('load_agate_table', () => {
      if (rendering.phase === 'parse') return null
      throw wrongCall('load_agate_table() is for seeds.')
    }),
  submit_python_job: () =>
    hostFunction('submit_python_job', () => {
      throw wrongCall('Python models do not run here.', 'Write the model in SQL.')
    }),
  doc: ({ rendering }) =>
    hostFunction('doc', (args) => {
      const [first, second] = args.map(textOf)
      const docs = Object.values(rendering.manifest?.docs ?? {})
      const name = second ?? first
      const found = docs.find(
        (doc) => doc.name === name && (second === undefined || doc.package_name === first),
      )
      if (found) return found.block_contents
      throw wrongCall(`There is no docs block "${name ?? ''}".`)
    }),
  metric: ({ rendering }) =>
    hostFunction('metric', (args) => {
      const name = textOf(args.at(-1) ?? '')
      if (rendering.phase === 'parse') return name
      const found = Object.values(rendering.manifest?.metrics ?? {}).find((metric) => metric.name === name)
      if (found) return fromHost({ ...found })
      throw wrongCall(`There is no metric "${name}".`)
    }),
  defer_relation: () => null,
  sql_now: ({ settings }) => (settings.target.type === 'duckdb' ? 'now()' : 'now()'),
  pre_hooks: ({ rendering }) => rendering.config()['pre-hook'] ?? [],
  post_hooks: ({ rendering }) => rendering.config()['post-hook'] ?? [],
  validation: () => ({ any: hostFunction('any', () => hostFunction('any', () => null)) }),
  column: () => null,
  env: () => ({}),
}

function storeResult(scope: ContextScope) {
  return hostFunction('store_result', (args, kwargs) => {
    const [name, response, table] = bindArguments(
      'store_result',
      ['name', 'response', 'agate_table'],
      2,
      args,
      kwargs,
    )
    const data = table instanceof AgateTable ? table.rows.map((row) => [...row]) : []
    const given = table instanceof AgateTable ? table : new AgateTable([], [], () => undefined)
    scope.results.set(textArgument('store_result', 'name', name), { response, data, table: given })
    return ''
  })
}

/** As store_result, from the parts of a response. */
function storeRawResult(scope: ContextScope) {
  return hostFunction('store_raw_result', (args, kwargs) => {
    const parameters = ['name', 'message', 'code', 'rows_affected', 'agate_table']
    const [name, message, code, rows, table] = bindArguments('store_raw_result', parameters, 1, args, kwargs)
    const response = AdapterResponse.written(message, code, rows)
    const given = table instanceof AgateTable ? table : new AgateTable([], [], () => undefined)
    const data = given.rows.map((row) => [...row])
    scope.results.set(textOf(name), { response, data, table: given })
    return ''
  })
}

/** Calls a function, and raises a message of the project's when it fails. */
function tryOrFail([message, called, ...args]: readonly unknown[]): unknown {
  if (!(called instanceof Object) || !('call' in called) || typeof called.call !== 'function') {
    throw wrongCall('try_or_compiler_error() needs a function.')
  }
  try {
    return called.call(args, {}) as unknown
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new WaterworksError('WW2101', { message: textOf(message), cause: error })
  }
}
