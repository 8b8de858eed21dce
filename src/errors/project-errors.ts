import type { Diagnostic } from './diagnostics.ts'

/** Thrown once with every problem of a project, when at least one is an error. */
export class ProjectErrors extends Error {
  readonly diagnostics: readonly Diagnostic[]

  constructor(diagnostics: readonly Diagnostic[]) {
    const errors = diagnostics.filter((item) => item.severity === 'error').length
    super(`the project has ${errors} ${errors === 1 ? 'error' : 'errors'}`)
    this.name = 'ProjectErrors'
    this.diagnostics = diagnostics
  }
}
