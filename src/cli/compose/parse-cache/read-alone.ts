import { join } from 'node:path'
import type { Manifest } from '../../../dbt/manifest/manifest.ts'
import type { Project } from '../../../project/project.ts'
import type { ReadableAlone } from './parse-record.ts'

/** The files of a project whose models can be read without the others, with what has to be read along. */
export function aloneIn(project: Project, manifest: Manifest): ReadableAlone {
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
  const models: ReadableAlone['models'] = []
  for (const id in manifest.nodes) {
    const node = manifest.nodes[id]!
    if (node.resource_type !== 'model' || node.language !== 'sql' || node.package_name !== root.name) continue
    if (shared.has(node.original_file_path)) continue
    const [owner, path] = node.patch_path === null ? [root.name, undefined] : node.patch_path.split('://')
    if (owner !== root.name) continue
    models.push({
      file: join(root.root, node.original_file_path),
      node: id,
      described: path === undefined ? null : join(root.root, path),
    })
  }
  return { macros, models }
}

const DEFINES = /\{%-?\s*(?:data_)?test\s/
