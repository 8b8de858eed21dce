import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { Method } from './selection-method.ts'

/** Kinds whose configuration dbt looks at: nodes and sources. */
const WITHOUT = new Set(['exposure', 'metric', 'semantic_model', 'saved_query', 'unit_test'])

/**
 * `config.<key>[.<key>]:` resources by what is configured: a text it equals, a list that holds it, or true and false in
 * any case. The severity of a test is compared in any case, too.
 */
export const configMethod: Method = ({ value, text, methodArguments }) => {
  if (methodArguments.length === 0) {
    throw new WaterworksError('WW1302', {
      message: `The selector "${text}" names no configuration.`,
      hint: 'Write the key after a dot: config.materialized:view.',
    })
  }
  const word = String(value).toLowerCase()
  const flag = word === 'true' ? true : word === 'false' ? false : undefined
  const anyCase = methodArguments.length === 1 && methodArguments[0] === 'severity'
  const equals = (configured: unknown): boolean => {
    if (configured === value || (flag !== undefined && configured === flag)) return true
    return anyCase && typeof configured === 'string' && configured.toLowerCase() === word
  }
  return ({ resource_type, config }) => {
    if (WITHOUT.has(resource_type)) return false
    const configured = descend(config, methodArguments)
    return Array.isArray(configured) ? configured.some(equals) : equals(configured)
  }
}

function descend(config: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((at, key) => {
    if (typeof at !== 'object' || at === null) return undefined
    // `pre_hook` stands as `pre-hook` in a manifest.
    const own = [key, key.replace('_hook', '-hook')].find((name) => Object.hasOwn(at, name))
    return own === undefined ? undefined : Reflect.get(at, own)
  }, config)
}
