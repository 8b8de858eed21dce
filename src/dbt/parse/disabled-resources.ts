import type { DisabledResource, Manifest } from '../manifest/manifest.ts'
import type { ParsedNodes } from './parsed-nodes.ts'

/** What is switched off, by unique id. Where another of the same id is not, properties files speak of that one alone. */
export function disabledResources({ disabled, enabled }: ParsedNodes): Manifest['disabled'] {
  return Object.fromEntries(
    [...disabled].map(([id, resources]) => [id, enabled.has(id) ? resources.map(undescribed) : resources]),
  )
}

function undescribed(resource: DisabledResource): DisabledResource {
  return resource.resource_type === 'model'
    ? { ...resource, patch_path: null, description: '', columns: {} }
    : resource
}
