import type { ManifestResource } from '../manifest/manifest-node.ts'

type Written = Pick<ManifestResource, 'package_name' | 'path' | 'original_file_path'>

/**
 * Where a node's code is written below the project, as dbt lays its target folder out: `compiled` is what its templates
 * gave, `run` what was sent to the warehouse. A file that holds several nodes becomes a folder with a file for each. A
 * batch of a microbatch model has a file of its own, named by the batch.
 */
export function targetPath(
  node: Written,
  folder: 'compiled' | 'run',
  target: string,
  batch?: string,
): string {
  const ownFile = lastPart(node.path) === lastPart(node.original_file_path)
  const path = ownFile ? node.original_file_path : `${node.original_file_path}/${node.path}`
  return `${target}/${folder}/${node.package_name}/${batch === undefined ? path : pathOfBatch(path, batch)}`
}

function pathOfBatch(path: string, batch: string): string {
  const name = lastPart(path)
  const dot = name.lastIndexOf('.')
  const stem = dot > 0 ? name.slice(0, dot) : name
  return `${path.slice(0, path.length - name.length)}${stem}/${stem}_${batch}${name.slice(stem.length)}`
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
