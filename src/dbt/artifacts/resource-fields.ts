import type { ManifestResource } from '../manifest/manifest-node.ts'

/** The fields that every resource opens with, in dbt's order. */
export function resourceFields(resource: Omit<ManifestResource, 'fqn'> & { readonly resource_type: string }) {
  return {
    name: resource.name,
    resource_type: resource.resource_type,
    package_name: resource.package_name,
    path: resource.path,
    original_file_path: resource.original_file_path,
    unique_id: resource.unique_id,
  }
}
