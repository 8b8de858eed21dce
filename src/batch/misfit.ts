/** A value that arrived and that its column's type cannot hold. */
export class Misfit extends Error {
  /** What the type cannot hold, in words and without the value. */
  readonly what: string
  readonly text: string

  constructor(what: string, text: string) {
    super(what)
    this.name = 'Misfit'
    this.what = what
    this.text = text
  }
}
