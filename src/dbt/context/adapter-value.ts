import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import { adapterFunctions } from './adapter-functions.ts'
import { adapterQuestions } from './adapter-questions.ts'
import { asksWarehouse } from './asks-warehouse.ts'
import { AttributeObject } from './attribute-object.ts'
import type { ContextScope } from './context-names.ts'

/** `adapter.behavior`: which of dbt's changes of behaviour the project's flags ask for. */
function behavior({ settings: { flags = {} } }: ContextScope): AttributeObject {
  return new AttributeObject('Behavior', {
    attribute: (name) => {
      const isAsked = flags[name.toUpperCase()] === true
      return { no_warn: isAsked, setting: isAsked }
    },
  })
}

/** `adapter`: what only computes (adapterFunctions) and what asks the warehouse (adapterQuestions). */
export class AdapterValue extends HostObject {
  readonly #scope: ContextScope

  constructor(scope: ContextScope) {
    super()
    this.#scope = scope
  }

  override getAttribute(attribute: string): unknown {
    const name = `adapter.${attribute}`
    const scope = this.#scope
    if (attribute === 'behavior') return behavior(scope)
    if (Object.hasOwn(adapterFunctions, attribute)) {
      return hostFunction(name, (args, kwargs) => adapterFunctions[attribute]!(scope, args, kwargs))
    }
    if (!Object.hasOwn(adapterQuestions, attribute)) return undefined
    const { stub, ask } = adapterQuestions[attribute]!
    return asksWarehouse(
      name,
      scope.rendering,
      () => stub(scope),
      (connection, args, kwargs) => ask({ ...scope, connection }, args, kwargs),
    )
  }

  override attributeNames(): Iterable<string> {
    return [...Object.keys(adapterFunctions), ...Object.keys(adapterQuestions)]
  }

  override toText(): string {
    return '<adapter>'
  }
}
