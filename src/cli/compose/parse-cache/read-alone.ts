import { join } from 'node:path'
import type { Manifest } from '../../../dbt/manifest/manifest.ts'
import type { Project } from '../../../project/project.ts'
import type { Extent } from '../target-files.ts'
import type { RecordedModels } from './parse-record.ts'

/** The files of a project whose models can be read without the others, with what has to be read along; `nodes` tells where they were written. */
export function aloneIn(
  project: Project,
  manifest: Manifest,
  nodes: ReadonlyMap<string, Extent>,
): RecordedModels {
  const root = project.packages.find(({ kind }) => kind === 'root')
  const macros = project.packages
    .filter(({ kind }) => kind !== 'built-in')
    .flatMap((one) =>
      [...one.macros, ...one.genericTests, ...one.singularTests.filter(({ text }) => DEFINES.test(text))].map(
        ({ path }) => join(one.root, path),
      ),
    )
  if (root === undefined) return { macros, models: [] }
  // A file that is read as something else besides is no model alone.
  const others = [
    root.macros,
    root.snapshots,
    root.singularTests,
    root.genericTests,
    root.analyses,
    root.functions,
    root.docs,
  ]
  const shared = new Set(others.flatMap((files) => files.map(({ path }) => path)))
  const models: RecordedModels['models'] = []
  for (const id in manifest.nodes) {
    const node = manifest.nodes[id]!
    const extent = nodes.get(id)
    if (node.resource_type !== 'model' || node.language !== 'sql' || node.package_name !== root.name) continue
    if (extent === undefined || shared.has(node.original_file_path)) continue
    const [owner, path] = node.patch_path === null ? [root.name, undefined] : node.patch_path.split('://')
    if (owner !== root.name) continue
    models.push({
      file: join(root.root, node.original_file_path),
      node: id,
      described: path === undefined ? null : join(root.root, path),
      ...extent,
    })
  }
  return { macros, models }
}

const DEFINES = /\{%-?\s*(?:data_)?test\s/
