import type { Diagnostics } from '../../errors/diagnostics.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { compileTemplate } from '../../jinja/compile-template.ts'
import { hostFunction } from '../../jinja/values/host-function.ts'
import type { DbtPackage } from '../../project/package.ts'
import { bindArguments, textArgument } from '../context/bind-arguments.ts'
import { templateExtensions } from '../macros/block-extensions.ts'
import { scanBlocks } from '../macros/scan-blocks.ts'
import type { ManifestDoc } from '../manifest/manifest-macro.ts'
import { placeInText } from '../place-in-text.ts'
import { printReference } from '../reference.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import { bodyOf } from './block-body.ts'
import { isTemplate } from './native-value.ts'
import { refuse } from './refuse.ts'

export interface RenderedDescription {
  readonly description: string
  readonly doc_blocks: readonly string[]
}

const NO_BLOCKS: readonly string[] = Object.freeze([])

/** The `{% docs %}` blocks of all packages, and descriptions made of them. */
export class DocsBlocks {
  readonly all: Readonly<Record<string, ManifestDoc>>
  readonly #renderer: TemplateRenderer

  /** Notes WW1205 for a name that a package has twice. */
  constructor(packages: readonly DbtPackage[], renderer: TemplateRenderer, diagnostics: Diagnostics) {
    const docs: Record<string, ManifestDoc> = {}
    for (const { name: packageName, docs: files } of packages) {
      for (const file of files) {
        for (const block of scanBlocks(file.text)) {
          if (block.tag !== 'docs') continue
          const id = `doc.${packageName}.${block.name}`
          if (Object.hasOwn(docs, id)) {
            diagnostics.error(
              new WaterworksError('WW1205', {
                message: `There are two docs blocks named "${block.name}".`,
                location: placeInText(file.shown, file.text, block.at),
                hint: `The other is in ${docs[id]!.original_file_path}.`,
              }),
            )
          }
          docs[id] = {
            resource_type: 'doc',
            unique_id: id,
            name: block.name,
            package_name: packageName,
            path: file.below,
            original_file_path: file.path,
            block_contents: bodyOf(file.text, block).text.trim(),
          }
        }
      }
    }
    this.all = docs
    this.#renderer = renderer
  }

  /** A description with its doc() calls answered. Throws WW1215 for a block that does not exist. */
  render(text: string, packageName: string, file: string): RenderedDescription {
    if (!isTemplate(text)) return { description: text, doc_blocks: NO_BLOCKS }
    const used: string[] = []
    const doc = hostFunction('doc', (args, kwargs) => {
      const [first, second] = bindArguments('doc', ['name', 'other'], 1, args, kwargs)
      const found = this.#find(
        second === undefined ? undefined : textArgument('doc', 'package', first),
        textArgument('doc', 'name', second ?? first),
        packageName,
      )
      used.push(found.unique_id)
      return found.block_contents
    })
    const context = this.#renderer.context({
      phase: 'compile',
      node: undefined,
      packageName,
      relation: undefined,
      withoutClock: false,
      resolve: (reference) => refuse(printReference(reference)),
      configure: () => refuse('config()'),
      config: () => ({}),
      log: () => {},
      warn: () => {},
      connection: undefined,
      manifest: undefined,
      given: { doc },
    })
    const description = compileTemplate(text, { file, extensions: templateExtensions }).render(context)
    return { description, doc_blocks: used }
  }

  #find(named: string | undefined, name: string, packageName: string): ManifestDoc {
    const root = this.#renderer.settings.projectName
    for (const searched of named === undefined ? [packageName, root] : [named]) {
      const found = this.all[`doc.${searched}.${name}`]
      if (found) return found
    }
    const docs = Object.values(this.all)
    const found = named === undefined ? docs.find((doc) => doc.name === name) : undefined
    if (found) return found
    const near = suggest(
      name,
      docs.map((doc) => doc.name),
    )
    throw new WaterworksError('WW1215', {
      message: `There is no docs block "${name}"${named === undefined ? '' : ` in the package "${named}"`}.`,
      hint: near ? `Did you mean "${near}"?` : undefined,
    })
  }
}
