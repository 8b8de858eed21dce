import type { Diagnostics } from '../errors/diagnostics.ts'
import { WaterworksError } from '../errors/waterworks-error.ts'
import { compileTemplate } from '../jinja/compile-template.ts'
import type { TemplateMacro } from '../jinja/runtime/template-macro.ts'
import type { SqlFile } from '../project/project.ts'

/** The macros of a project's macro files, compiled once. They share one name space and may call one another. */
export class MacroLibrary {
  readonly #macros = new Map<string, TemplateMacro>()

  /** Notes files that do not compile, and names that are used twice (WW2107). */
  constructor(files: readonly SqlFile[], diagnostics: Diagnostics) {
    for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
      try {
        for (const macro of compileTemplate(file.text, { file: file.path }).macros.values())
          this.#add(macro, diagnostics)
      } catch (error) {
        if (!(error instanceof WaterworksError)) throw error
        diagnostics.error(error)
      }
    }
  }

  find(name: string): TemplateMacro | undefined {
    return this.#macros.get(name)
  }

  names(): Iterable<string> {
    return this.#macros.keys()
  }

  #add(macro: TemplateMacro, diagnostics: Diagnostics): void {
    const other = this.#macros.get(macro.name)
    if (other) {
      const { file, line } = other.location
      diagnostics.error(
        new WaterworksError('WW2107', {
          message: `The macro "${macro.name}" is also defined in ${file}, line ${line}.`,
          location: macro.location,
        }),
      )
    }
    this.#macros.set(macro.name, macro)
  }
}
