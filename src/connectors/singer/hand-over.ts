/**
 * Hands things from one that makes them to one that takes them, one at a time: `give` resolves when the taker is done with
 * what it was given and asks for more.
 */
export class HandOver<T> {
  #waiting: { readonly thing: T; readonly resolve: () => void }[] = []
  #given: (() => void) | undefined
  #wake: (() => void) | undefined
  #end: { readonly error?: unknown } | undefined
  #isLeft = false
  readonly #onLeave: () => void

  /** @param onLeave told when the taker goes before the end */
  constructor(onLeave: () => void) {
    this.#onLeave = onLeave
  }

  give(thing: T): Promise<void> {
    if (this.#isLeft) return Promise.resolve()
    return new Promise((resolve) => {
      this.#waiting.push({ thing, resolve })
      this.#wake?.()
    })
  }

  /** Nothing more comes. */
  end(): void {
    this.#end ??= {}
    this.#wake?.()
  }

  /** Nothing more comes, and the taker is told why; what was given and not taken is not. */
  fail(error: unknown): void {
    this.#end ??= { error }
    this.#release()
    this.#wake?.()
  }

  async *things(): AsyncGenerator<T, void, undefined> {
    try {
      for (;;) {
        this.#given?.()
        this.#given = undefined
        const next = this.#waiting.shift()
        if (next !== undefined) {
          this.#given = next.resolve
          yield next.thing
        } else if (this.#end === undefined) {
          await new Promise<void>((resolve) => {
            this.#wake = resolve
          })
          this.#wake = undefined
        } else if ('error' in this.#end) throw this.#end.error
        else return
      }
    } finally {
      this.#isLeft = true
      if (this.#end === undefined) this.#onLeave()
      this.#release()
    }
  }

  #release(): void {
    this.#given?.()
    this.#given = undefined
    for (const { resolve } of this.#waiting.splice(0)) resolve()
  }
}
