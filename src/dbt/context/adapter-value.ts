import { WaterworksError } from '../../errors/waterworks-error.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'
import type { TemplateSettings } from '../template-settings.ts'
import { bindArguments, textArgument } from './bind-arguments.ts'
import { notYet } from './not-yet.ts'

export type FindMacro = (name: string) => unknown

/** `adapter`: dispatch() and what needs no warehouse; the rest is None while parsing and WW2105 after. */
export class AdapterValue extends HostObject {
  readonly #settings: TemplateSettings
  readonly #phase: 'parse' | 'compile'
  readonly #findMacro: FindMacro

  constructor(settings: TemplateSettings, phase: 'parse' | 'compile', findMacro: FindMacro) {
    super()
    this.#settings = settings
    this.#phase = phase
    this.#findMacro = findMacro
  }

  override getAttribute(attribute: string): unknown {
    const name = `adapter.${attribute}`
    switch (attribute) {
      case 'dispatch':
        return hostFunction(name, (args, kwargs) => {
          const [macro] = bindArguments(name, ['macro_name', 'macro_namespace'], 1, args, kwargs)
          return this.#dispatch(textArgument(name, 'macro_name', macro))
        })
      case 'quote':
        return hostFunction(name, (args, kwargs) => {
          const [identifier] = bindArguments(name, ['identifier'], 1, args, kwargs)
          return this.#settings.dialect.identifier(textArgument(name, 'identifier', identifier))
        })
      case 'type':
        return hostFunction(name, () => this.#settings.target.type)
      default:
        return hostFunction(name, () => {
          if (this.#phase === 'parse') return null
          throw notYet(`${name}()`)
        })
    }
  }

  override toText(): string {
    return '<adapter>'
  }

  /** dbt's search: the engine’s own version of a macro, then the default one. */
  #dispatch(name: string): unknown {
    const candidates = [`${this.#settings.target.type}__${name}`, `default__${name}`]
    for (const candidate of candidates) {
      const macro = this.#findMacro(candidate)
      if (macro !== undefined) return macro
    }
    throw new WaterworksError('WW2102', {
      message: `adapter.dispatch() finds no macro for "${name}".`,
      hint: `It looks for ${candidates.join(' and ')}.`,
    })
  }
}
