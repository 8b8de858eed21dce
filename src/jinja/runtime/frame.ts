import { Undefined } from '../values/undefined.ts'
import type { Output } from './output.ts'
import type { RenderScope } from './render-scope.ts'

/** A scope of names and the place its text goes to. Names not set here are looked for outwards, then in the context. */
export class Frame {
  readonly scope: RenderScope
  readonly parent: Frame | undefined
  readonly output: Output
  /** Names to fall back on when the context lacks them: for a bound macro, its siblings of the same file. */
  readonly #fallback: ((name: string) => unknown) | undefined
  #names: Map<string, unknown> | undefined

  constructor(scope: RenderScope, output: Output, parent?: Frame, fallback?: (name: string) => unknown) {
    this.scope = scope
    this.output = output
    this.parent = parent
    this.#fallback = fallback
  }

  /** A scope within, printing to the same place. */
  inner(): Frame {
    return new Frame(this.scope, this.output, this)
  }

  /** A scope within, printing elsewhere. */
  capturing(output: Output): Frame {
    return new Frame(this.scope, output, this)
  }

  set(name: string, value: unknown): void {
    this.#names ??= new Map()
    this.#names.set(name, value)
  }

  get(name: string): unknown {
    let frame: Frame = this
    for (;;) {
      const value = frame.#names?.get(name)
      if (value !== undefined) return value
      if (!frame.parent) break
      frame = frame.parent
    }
    const given = this.scope.resolve(name)
    if (given !== undefined) return given
    const fallback = frame.#fallback?.(name)
    return fallback === undefined ? this.scope.forgive(Undefined.ofName(name)) : fallback
  }

  /** Every name that could be meant here, nearest first. */
  names(): Iterable<string> {
    const names: string[] = []
    for (let frame: Frame | undefined = this; frame; frame = frame.parent) {
      if (frame.#names) names.push(...frame.#names.keys())
    }
    return [...names, ...this.scope.names()]
  }
}
