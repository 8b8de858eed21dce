import { compileTemplate } from '../../jinja/compile-template.ts'
import type { TemplateMacro } from '../../jinja/runtime/template-macro.ts'
import { templateExtensions } from './block-extensions.ts'
import { macrosAlone } from './macros-alone.ts'
import type { ScannedBlock } from './scan-blocks.ts'

export interface MacroFile {
  /** Shown in errors. */
  readonly path: string
  readonly text: string
}

/** One macro of a package: where it stands, and its compiled form, made when first asked for. */
export class MacroEntry {
  readonly packageName: string
  readonly file: MacroFile
  readonly block: ScannedBlock
  #macro: TemplateMacro | undefined

  constructor(packageName: string, file: MacroFile, block: ScannedBlock) {
    this.packageName = packageName
    this.file = file
    this.block = block
  }

  get name(): string {
    return this.block.macroName
  }

  /** As in a manifest: `macro.dbt_utils.star`. */
  get uniqueId(): string {
    return `macro.${this.packageName}.${this.name}`
  }

  /**
   * The block as written, with the white space that dashes in its outer tags take away: not what a block before it took, nor what a
   * file begins or ends with.
   */
  get source(): string {
    const { text } = this.file
    const { start, end } = this.block
    const before = text.slice(0, start).trimEnd()
    const free = text.startsWith('{%-', start) && before !== '' && !before.endsWith('-%}')
    const after = text.slice(end)
    const rest = after.trimStart()
    const taken = text.endsWith('-%}', end) && rest !== '' ? after.length - rest.length : 0
    return text.slice(free ? before.length : start, end + taken)
  }

  /** Throws what compiling the file throws: WW2001 and its kin. */
  get macro(): TemplateMacro {
    this.#macro ??= this.#compiled()
    return this.#macro
  }

  #compiled(): TemplateMacro {
    const { path } = this.file
    const text = macrosAlone(this.file)
    const macro = compileTemplate(text, { file: path, extensions: templateExtensions }).macros.get(this.name)
    if (!macro) throw new TypeError(`${path} has no macro '${this.name}' once compiled`)
    return macro
  }

  /** What a materialization's header says: `['sql']`, `['sql', 'python']`. */
  get supportedLanguages(): unknown {
    const { path } = this.file
    const { blocks } = compileTemplate(macrosAlone(this.file), { file: path, extensions: templateExtensions })
    return blocks.find((block) => block.macro?.name === this.name)?.options['supported_languages']
  }
}
