import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import type { Kwargs } from '../../jinja/values/kwargs.ts'
import { isMapping } from '../../project/yaml/is-mapping.ts'
import { bindArguments, textArgument } from './bind-arguments.ts'
import type { ContextScope } from './context-names.ts'

/** A text with no template in it is most of them. */
const templateMark = /\{[{%#]|[#}%]\}/

/**
 * `var(name, default)` and `var.has_var(name)`. Values come from the command line, then from the root package: what it says for
 * the package alone, then for all; then from the package itself. A text is a template, rendered where it is asked for, with
 * the names that are known there. As in dbt, a missing one is None while parsing and an error after (WW2103).
 */
export class VarValue extends HostObject {
  readonly #scope: Pick<ContextScope, 'settings' | 'rendering' | 'render'>

  constructor(scope: Pick<ContextScope, 'settings' | 'rendering' | 'render'>) {
    super()
    this.#scope = scope
  }

  override call(args: readonly unknown[], kwargs: Kwargs): unknown {
    const [written, fallback] = bindArguments('var', ['name', 'default'], 1, args, kwargs)
    const name = textArgument('var', 'name', written)
    const layer = this.#layers().find((vars) => Object.hasOwn(vars, name))
    if (layer) return this.#rendered(layer[name])
    if (fallback !== undefined) return fallback
    if (this.#scope.rendering.phase === 'parse') return null
    const near = suggest(name, new Set(this.#layers().flatMap((vars) => Object.keys(vars))))
    throw new WaterworksError('WW2103', {
      message: `The variable "${name}" has no value.`,
      hint: near ? `Did you mean "${near}"?` : undefined,
    })
  }

  override getAttribute(name: string): unknown {
    if (name !== 'has_var') return undefined
    return hostFunction(name, (args, kwargs) => {
      const [written] = bindArguments('var.has_var', ['name'], 1, args, kwargs)
      const key = textArgument('var.has_var', 'name', written)
      return this.#layers().some((vars) => Object.hasOwn(vars, key))
    })
  }

  override attributeNames(): Iterable<string> {
    return ['has_var']
  }

  override toText(): string {
    return '<function var>'
  }

  #rendered(value: unknown): unknown {
    return typeof value === 'string' && templateMark.test(value) ? this.#scope.render(value) : value
  }

  #layers(): readonly Readonly<Record<string, unknown>>[] {
    const { cliVars, vars, packageVars = {}, projectName } = this.#scope.settings
    const { packageName } = this.#scope.rendering
    const of = (values: Readonly<Record<string, unknown>>) => {
      const own = values[packageName]
      return isRecord(own) ? [own, values] : [values]
    }
    const theirs = packageName === projectName ? undefined : packageVars[packageName]
    return [cliVars, ...of(vars), ...(theirs ? of(theirs) : [])]
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isMapping(value)
}
