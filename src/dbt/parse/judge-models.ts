import type { Location } from '../../errors/location.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { ManifestModel } from '../manifest/manifest-node.ts'
import { placeInText, placeOfCall } from '../place-in-text.ts'
import { pythonRepr } from '../python-text.ts'
import type { ParseScope } from './parse-scope.ts'
import type { NodePlace, ParsedNodes } from './parsed-nodes.ts'

const MATERIALIZATIONS = [
  'table',
  'view',
  'ephemeral',
  'incremental',
  'materialized_view',
  'external',
  'table_function',
]
const RESERVED = ['seed', 'snapshot', 'test', 'unit']

/** Notes what is wrong with models' names (WW1017) and configurations (WW1212), and warns of configuration that is for none (WW1034). */
export function judgeModels(scope: ParseScope, nodes: ParsedNodes): void {
  for (const node of nodes.enabled.values()) {
    if (node.resource_type !== 'model') continue
    const place = nodes.places.get(node.unique_id)
    if (/[\s"'`]/.test(node.name)) {
      scope.diagnostics.error(
        new WaterworksError('WW1017', {
          message: `"${node.name}" cannot be the name of a model`,
          location: nodes.locationOf(node.unique_id),
        }),
      )
    }
    judgeConfig(node, place, scope)
  }
  noteUnused(scope)
}

function judgeConfig(node: ManifestModel, place: NodePlace | undefined, scope: ParseScope): void {
  const { config } = node
  const refuse = (key: string, message: string, hint?: string) =>
    scope.diagnostics.error(
      new WaterworksError('WW1212', { message, hint, location: placeOfConfig(key, place, scope) }),
    )
  const wrongType = (key: string, wanted: string) =>
    refuse(key, `The configuration "${key}" must be ${wanted}, not ${pythonRepr(config[key])}.`)
  for (const key of ['schema', 'alias', 'database']) {
    const value = config[key]
    if (value !== null && value !== undefined && typeof value !== 'string') wrongType(key, 'a text')
  }
  if (typeof config['enabled'] !== 'boolean' && !/^(?:true|false)$/i.test(String(config['enabled']))) {
    wrongType('enabled', 'true or false')
  }
  const materialized = config['materialized']
  if (typeof materialized !== 'string' || materialized === '') {
    wrongType('materialized', 'a text')
    return
  }
  const known = [...MATERIALIZATIONS]
  if (known.includes(materialized)) return
  if (!RESERVED.includes(materialized) && scope.renderer.macros.findMaterialization(materialized)) return
  const near = suggest(materialized, known)
  // The model itself fails then, when it is built, as in dbt.
  scope.diagnostics.warn(
    new WaterworksError('WW1212', {
      message: `There is no materialization "${materialized}".`,
      location: placeOfConfig('materialized', place, scope),
      hint: near
        ? `Did you mean "${near}"?`
        : `There are ${known.slice(0, -1).join(', ')} and ${known.at(-1)}.`,
    }),
  )
}

/** Where a configuration was given: the most specific place, as that is the one that counts. */
function placeOfConfig(key: string, place: NodePlace | undefined, scope: ParseScope): Location | undefined {
  const { file, properties } = place ?? {}
  if (file && new RegExp(`\\b${key}\\s*=|['"]${key}['"]\\s*:`).test(file.text))
    return placeOfCall(file.shown, file.text, 'config')
  if (properties && 'config' in properties && Object.hasOwn(properties.config, key)) {
    const { origin } = properties
    return scope.locate({ ...origin, path: [...origin.path, 'config', key] })
  }
  return file && placeInText(file.shown, file.text, 0)
}

/** Paths of the root project's dbt_project.yml that lead to no model. */
function noteUnused({ root, configs, packages, diagnostics, locate }: ParseScope): void {
  const names = packages.map(({ name }) => name)
  const visit = (tree: unknown, path: readonly string[]): void => {
    if (typeof tree !== 'object' || tree === null || Array.isArray(tree)) return
    const entries = Object.entries(tree)
    const configures = entries.some(([key, value]) => key.startsWith('+') || typeof value !== 'object')
    if (path.length > 0 && configures && !configs.used.has(['models', ...path].join('\0'))) {
      const near = path[0] === root.name ? undefined : suggest(path[0]!, names)
      diagnostics.warn(
        new WaterworksError('WW1034', {
          message: `the configuration models.${path.join('.')} applies to no model`,
          location: locate({ file: 'dbt_project.yml', path: ['models', ...path] }),
          hint: near ? `Did you mean "${near}"?` : undefined,
        }),
      )
      return
    }
    for (const [key, value] of entries) if (!key.startsWith('+')) visit(value, [...path, key])
  }
  if (packages.some(({ models }) => models.length > 0)) visit(root.config.trees.models, [])
}
