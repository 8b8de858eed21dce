import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import { bindArguments, textArgument } from './bind-arguments.ts'
import type { ContextScope } from './context-names.ts'
import { notYet } from './not-yet.ts'

/** `adapter`: dispatch() and what needs no warehouse; the rest is None while parsing and WW2105 after. */
export class AdapterValue extends HostObject {
  readonly #scope: ContextScope

  constructor(scope: ContextScope) {
    super()
    this.#scope = scope
  }

  override getAttribute(attribute: string): unknown {
    const name = `adapter.${attribute}`
    const { settings, rendering, macros } = this.#scope
    switch (attribute) {
      case 'dispatch':
        return hostFunction(name, (args, kwargs) => {
          const [macro, namespace] = bindArguments(name, ['macro_name', 'macro_namespace'], 1, args, kwargs)
          const searched = typeof namespace === 'string' ? namespace : undefined
          return macros.dispatch(textArgument(name, 'macro_name', macro), searched, rendering.packageName)
            .macro
        })
      case 'quote':
        return hostFunction(name, (args, kwargs) => {
          const [identifier] = bindArguments(name, ['identifier'], 1, args, kwargs)
          return settings.dialect.identifier(textArgument(name, 'identifier', identifier))
        })
      case 'type':
        return hostFunction(name, () => settings.target.type)
      default:
        return hostFunction(name, () => {
          if (rendering.phase === 'parse') return null
          throw notYet(`${name}()`)
        })
    }
  }

  override toText(): string {
    return '<adapter>'
  }
}
