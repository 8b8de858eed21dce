import type { SelectionGraph } from '../selection-graph.ts'
import { hasWildcard, pathWildcard } from '../wildcard.ts'
import type { Method } from './selection-method.ts'

/**
 * `path:` a file or folder of the project, or a pattern of them. dbt looks on the disk of the root project; here its files
 * are those that its resources came from. Whatever has such a path, is below it, or is described in it, is meant: resources of
 * packages too, when their folders have the same names, as in dbt.
 */
export const pathMethod: Method = ({ value }, { graph }) => {
  const path = normalized(String(value))
  if (path === '') return () => true
  const matches = hasWildcard(path) ? pathWildcard(path) : (other: string) => other === path
  const meant = new Set<string>()
  for (const known of pathsOfProject(graph)) if (matches(known)) meant.add(known)
  return ({ original_file_path, patch_path }) => {
    const patch = patch_path?.split('://')[1]
    if (patch !== undefined && meant.has(patch)) return true
    return selfAndFolders(original_file_path).some((each) => meant.has(each))
  }
}

/** Files of the root project and the folders they are in. */
function pathsOfProject(graph: SelectionGraph): ReadonlySet<string> {
  const paths = new Set<string>()
  const add = (file: string) => {
    for (const path of selfAndFolders(file)) paths.add(path)
  }
  for (const member of graph.members.values()) {
    if (member.package_name === graph.project) add(member.original_file_path)
    const [home, patch] = member.patch_path?.split('://') ?? []
    if (home === graph.project && patch !== undefined) add(patch)
  }
  return paths
}

function normalized(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}

function selfAndFolders(path: string): readonly string[] {
  const all = [path]
  for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1))
    all.push(path.slice(0, end))
  return all
}
