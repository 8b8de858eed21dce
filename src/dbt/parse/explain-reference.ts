import type { Location } from '../../errors/location.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { printReference, type Reference } from '../reference.ts'
import type { Found, NodeLookup } from './node-lookup.ts'

/**
 * Why a reference leads nowhere: WW1201, WW1202 and WW1221 for what does not exist, WW1206 for what is switched off. `from` says in a few
 * words who refers to it.
 */
export function explainReference(
  reference: Reference,
  found: Found<unknown> | undefined,
  from: string,
  lookup: NodeLookup,
  packages: readonly string[],
  location: Location | undefined,
): WaterworksError {
  const call = printReference(reference)
  const fail = (code: 'WW1201' | 'WW1202' | 'WW1206' | 'WW1221', message: string, hint?: string) =>
    new WaterworksError(code, { message: `${from} refers to ${call}, but ${message}.`, location, hint })
  const meant = (near: string | undefined) => (near === undefined ? undefined : `Did you mean "${near}"?`)
  if (reference.kind === 'source') {
    const { source, table } = reference
    if (found?.isDisabled) return fail('WW1206', `the source table "${source}.${table}" is switched off`)
    const all = [...lookup.sources]
    const tables = all.filter((one) => one.source_name === source).map(({ name }) => name)
    if (tables.length === 0) {
      const near = suggest(source, new Set(all.map(({ source_name: name }) => name)))
      return fail('WW1202', `there is no source "${source}"`, meant(near))
    }
    const hint = meant(suggest(table, tables)) ?? `It has ${tables.toSorted().join(', ')}.`
    return fail('WW1202', `the source "${source}" has no table "${table}"`, hint)
  }
  if (reference.kind === 'function') {
    const { function: called } = reference
    if (found?.isDisabled) return fail('WW1206', `the function "${called}" is switched off`)
    return fail('WW1221', `there is no function "${called}"`, meant(suggest(called, lookup.functions)))
  }
  const { package: name, model, version } = reference
  if (found?.isDisabled) return fail('WW1206', `the model "${model}" is switched off`)
  if (name !== undefined && !packages.includes(name)) {
    const hint = meant(suggest(name, packages)) ?? `Models of this project need no package: ref('${model}').`
    return fail('WW1201', `there is no package "${name}"`, hint)
  }
  const versions = lookup.versionsOf(model)
  if (version !== undefined && versions.length > 0) {
    return fail('WW1201', `the model "${model}" has no such version`, `It has ${versions.join(', ')}.`)
  }
  return fail('WW1201', `there is no model "${model}"`, meant(suggest(model, lookup.names)))
}
