/** A place in a project file. Lines and columns count from 1; `file` is relative to the project folder. */
export interface Location {
  readonly file: string
  readonly line: number
  readonly column: number
  /** The text of the line itself, when it is at hand; shown under the error. */
  readonly text?: string
}
