import { WaterworksError } from '../../errors/waterworks-error.ts'
import { asList } from '../../project/schema/fields.ts'
import type { ManifestGroup } from '../manifest/manifest-macro.ts'
import type { ManifestExposure } from '../manifest/manifest-semantics.ts'
import { parseReference, type Reference } from '../reference.ts'
import { recordOf, textsOf } from './column-info.ts'
import { replacedOfGroups } from './config-rules.ts'
import type { DocsBlocks } from './docs-blocks.ts'
import type { ParseScope } from './parse-scope.ts'
import type { ParsedNodes } from './parsed-nodes.ts'
import type { Described } from './properties-index.ts'
import { refOf } from './sql-node.ts'

/** The exposures of all packages, by unique id; those that are disabled go into `nodes`. */
export function parseExposures(
  scope: ParseScope,
  docs: DocsBlocks,
  nodes: ParsedNodes,
): ReadonlyMap<string, ManifestExposure> {
  const exposures = new Map<string, ManifestExposure>()
  for (const described of scope.properties.all('exposures')) {
    const { entry, packageName, document, origin } = described
    const fqn = fqnOf(described)
    const layers = { properties: entry.config ?? {} }
    const config = scope.configs.merged('exposures', packageName, fqn, layers)
    const tags = [...new Set([...asList(entry.tags), ...textsOf(config['tags'])])].sort()
    const meta = { ...recordOf(entry.meta), ...recordOf(config['meta']) }
    const uses = usesOf(described, scope)
    const exposure: ManifestExposure = {
      resource_type: 'exposure',
      unique_id: `exposure.${packageName}.${entry.name}`,
      name: entry.name,
      package_name: packageName,
      path: document.below,
      original_file_path: document.path,
      fqn,
      type: entry.type,
      owner: entry.owner,
      maturity: entry.maturity ?? null,
      url: entry.url ?? null,
      description: docs.render(entry.description ?? '', packageName, document.shown).description,
      label: entry.label ?? null,
      meta,
      tags,
      config: { ...config, tags, meta },
      unrendered_config: scope.configs.unrendered('exposures', packageName, fqn, layers),
      group: null,
      refs: uses.references.flatMap((use) => (use.kind === 'ref' ? [refOf(use)] : [])),
      sources: uses.references.flatMap((use) => (use.kind === 'source' ? [[use.source, use.table]] : [])),
      metrics: uses.metrics,
      depends_on: { macros: [], nodes: [] },
      created_at: scope.now,
    }
    if (config['enabled'] === false) nodes.addDisabled(exposure, { properties: { origin } })
    else addOnce(exposures, exposure, described, scope, nodes)
  }
  return exposures
}

const GROUP_DEFAULTS = Object.freeze({ meta: {} })

/** The groups of all packages, by unique id. */
export function parseGroups(scope: ParseScope, docs: DocsBlocks): Readonly<Record<string, ManifestGroup>> {
  return Object.fromEntries(
    scope.properties.all('groups').map((described) => {
      const { entry, packageName, document } = described
      const id = `group.${packageName}.${entry.name}`
      const group: ManifestGroup = {
        resource_type: 'group',
        unique_id: id,
        name: entry.name,
        package_name: packageName,
        path: document.below,
        original_file_path: document.path,
        owner: entry.owner,
        description:
          typeof entry.description === 'string'
            ? docs.render(entry.description, packageName, document.shown).description
            : null,
        // dbt takes what dbt_project.yml says of models in a folder of the group's name for the group's as well.
        config: scope.configs.merged(
          'models',
          packageName,
          fqnOf(described),
          { properties: entry.config ?? {} },
          GROUP_DEFAULTS,
          replacedOfGroups,
        ),
      }
      return [id, group]
    }),
  )
}

/** dbt's fully qualified name of what a properties file defines. */
export function fqnOf({
  packageName,
  document,
  entry,
}: Described<{ readonly name: string }>): readonly string[] {
  return [packageName, ...document.below.split('/').slice(0, -1), entry.name]
}

/** Adds what a properties file defines; WW1032 for a second one of the name. */
export function addOnce<
  T extends { readonly unique_id: string; readonly name: string; readonly resource_type: string },
>(
  known: Map<string, T>,
  item: T,
  { origin }: Described<unknown>,
  scope: ParseScope,
  nodes: ParsedNodes,
): void {
  if (known.has(item.unique_id)) {
    const kind = item.resource_type.replaceAll('_', ' ')
    const message = `the ${kind} "${item.name}" is described twice`
    scope.diagnostics.error(new WaterworksError('WW1032', { message, location: scope.locate(origin) }))
    return
  }
  known.set(item.unique_id, item)
  nodes.places.set(item.unique_id, { properties: { origin } })
}

function usesOf(
  { entry, origin }: Described<{ readonly depends_on?: readonly string[] | null | undefined }>,
  scope: ParseScope,
): { readonly references: readonly Reference[]; readonly metrics: readonly (readonly string[])[] } {
  const references: Reference[] = []
  const metrics: string[][] = []
  for (const [index, text] of (entry.depends_on ?? []).entries()) {
    const metric = /^\s*metric\s*\(\s*(['"])([^'"]+)\1\s*(?:,\s*(['"])([^'"]+)\3\s*)?\)\s*$/.exec(text)
    const reference = metric ? undefined : parseReference(text)
    if (metric) metrics.push([metric[2]!, metric[4]].filter((name) => name !== undefined))
    else if (reference) references.push(reference)
    else {
      scope.diagnostics.error(
        new WaterworksError('WW1212', {
          message: `An exposure cannot depend on "${text}".`,
          location: scope.locate({ ...origin, path: [...origin.path, 'depends_on', index] }),
          hint: "Write ref('model'), source('source', 'table') or metric('metric').",
        }),
      )
    }
  }
  return { references, metrics }
}
