import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'

/**
 * Matches a template's positional and keyword arguments with a function's parameters, as Python does; those not given are
 * undefined. `required` counts from the first. Throws WW2102, naming the function as the template does.
 */
export function bindArguments(
  name: string,
  parameters: readonly string[],
  required: number,
  args: readonly unknown[],
  kwargs: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  if (args.length > parameters.length) {
    throw wrongCall(`${name}() takes at most ${count(parameters.length)}, and got ${args.length}.`)
  }
  const bound: unknown[] = parameters.map((_, index) => args[index])
  for (const [key, value] of Object.entries(kwargs)) {
    const index = parameters.indexOf(key)
    if (index < 0) {
      const near = suggest(key, parameters)
      throw wrongCall(`${name}() has no argument "${key}".`, near ? `Did you mean "${near}"?` : undefined)
    }
    if (index < args.length) throw wrongCall(`${name}() got the argument "${key}" twice.`)
    bound[index] = value
  }
  const missing = parameters.slice(0, required).find((_, index) => bound[index] === undefined)
  if (missing !== undefined) throw wrongCall(`${name}() needs the argument "${missing}".`)
  return bound
}

/** An argument that must be a text. Throws WW2102. */
export function textArgument(name: string, parameter: string, value: unknown): string {
  if (typeof value === 'string') return value
  throw wrongCall(`${name}() needs a text as "${parameter}".`)
}

export function wrongCall(message: string, hint?: string): WaterworksError {
  return new WaterworksError('WW2102', { message, hint })
}

function count(n: number): string {
  return n === 1 ? 'one argument' : `${n} arguments`
}
