import { WaterworksError } from '../../errors/waterworks-error.ts'
import { type HostFunction, hostFunction } from '../../jinja/values/host-function.ts'
import { HostObject } from '../../jinja/values/host-object.ts'

export function notYet(name: string): WaterworksError {
  return new WaterworksError('WW2105', { message: `Templates cannot use ${name} yet.` })
}

/**
 * A function of dbt's that asks the warehouse: nothing while parsing, as in dbt, and WW2105 when compiling.
 */
export function notYetFunction(name: string, phase: 'parse' | 'compile'): HostFunction {
  return hostFunction(name, () => {
    if (phase === 'parse') return null
    throw notYet(`${name}()`)
  })
}

/** An object of dbt's whose every attribute is WW2105. */
export class NotYetValue extends HostObject {
  readonly #name: string

  constructor(name: string) {
    super()
    this.#name = name
  }

  override getAttribute(name: string): unknown {
    throw notYet(`${this.#name}.${name}`)
  }

  override toText(): string {
    throw notYet(this.#name)
  }
}
