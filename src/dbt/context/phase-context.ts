import { hostFunction } from '../../jinja/values/host-function.ts'
import { textOf } from '../../jinja/values/text.ts'
import { AdapterValue } from './adapter-value.ts'
import { bindArguments } from './bind-arguments.ts'
import type { ContextNames } from './context-names.ts'
import { exceptionsValue } from './exceptions-value.ts'
import { NotYetValue, notYetFunction } from './not-yet.ts'
import { VarValue } from './var-value.ts'

/** The names whose meaning depends on the phase, and on where messages go. */
export const phaseContext: ContextNames = {
  var: ({ settings, rendering }) => new VarValue(settings, rendering),
  log: ({ rendering }) =>
    hostFunction('log', (args, kwargs) => {
      const [message, info] = bindArguments('log', ['msg', 'info'], 1, args, kwargs)
      rendering.log(textOf(message), info === true ? 'info' : 'debug')
      return ''
    }),
  print: ({ rendering }) =>
    hostFunction('print', (args, kwargs) => {
      const [message] = bindArguments('print', ['msg'], 1, args, kwargs)
      rendering.log(textOf(message), 'info')
      return ''
    }),
  is_incremental: () => hostFunction('is_incremental', () => false),
  exceptions: ({ rendering }) => exceptionsValue(rendering),
  adapter: (scope) => new AdapterValue(scope),
  run_query: ({ rendering }) => notYetFunction('run_query', rendering.phase),
  statement: ({ rendering }) => notYetFunction('statement', rendering.phase),
  load_result: ({ rendering }) => notYetFunction('load_result', rendering.phase),
  load_relation: ({ rendering }) => notYetFunction('load_relation', rendering.phase),
  graph: () => new NotYetValue('graph'),
  modules: () => new NotYetValue('modules'),
  api: () => new NotYetValue('api'),
}
