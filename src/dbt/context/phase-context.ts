import { hostFunction } from '../../jinja/values/host-function.ts'
import { textOf } from '../../jinja/values/text.ts'
import type { TemplateSettings } from '../template-settings.ts'
import { AdapterValue, type FindMacro } from './adapter-value.ts'
import { bindArguments } from './bind-arguments.ts'
import { exceptionsValue } from './exceptions-value.ts'
import { NotYetValue, notYetFunction } from './not-yet.ts'
import type { Rendering } from './rendering.ts'
import { VarValue } from './var-value.ts'

/** The names whose meaning depends on the phase, and on where messages go. */
export function phaseContext(
  settings: TemplateSettings,
  rendering: Rendering,
  findMacro: FindMacro,
): Readonly<Record<string, unknown>> {
  const { phase } = rendering
  return {
    var: new VarValue(settings, phase === 'compile'),
    log: hostFunction('log', (args, kwargs) => {
      const [message, info] = bindArguments('log', ['msg', 'info'], 1, args, kwargs)
      if (info === true) rendering.log(textOf(message))
      return ''
    }),
    print: hostFunction('print', (args, kwargs) => {
      const [message] = bindArguments('print', ['msg'], 1, args, kwargs)
      rendering.log(textOf(message))
      return ''
    }),
    exceptions: exceptionsValue(rendering),
    adapter: new AdapterValue(settings, phase, findMacro),
    run_query: notYetFunction('run_query', phase),
    statement: notYetFunction('statement', phase),
    load_result: notYetFunction('load_result', phase),
    load_relation: notYetFunction('load_relation', phase),
    doc: hostFunction('doc', () => ''),
    graph: new NotYetValue('graph'),
    modules: new NotYetValue('modules'),
    api: new NotYetValue('api'),
  }
}
