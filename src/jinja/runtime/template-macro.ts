import type { Location } from '../../errors/location.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { MacroShape } from '../ast/macro.ts'
import type { SourceText } from '../syntax/source-text.ts'
import { HostObject } from '../values/host-object.ts'
import { type Kwargs, noKwargs } from '../values/kwargs.ts'
import { Frame } from './frame.ts'
import { outward } from './guard.ts'
import { Macro, type MacroCode } from './macro.ts'
import { Output } from './output.ts'
import type { RenderScope } from './render-scope.ts'

/** Where a macro stands and what it sees besides the context. */
export interface MacroHome {
  readonly source: SourceText
  /** The macros of the same file: meant when the context has no such name. */
  readonly siblings: ReadonlyMap<string, TemplateMacro>
}

/**
 * A macro that a template defines, without the names of any rendering. Put it into a context (or give it from a host
 * object or function): where a rendering meets it, it is bound to that rendering's names and can be called.
 */
export class TemplateMacro extends HostObject {
  readonly name: string
  readonly location: Location
  /** The names of its parameters. */
  readonly parameters: readonly string[]
  /** The whole block as written, tags included. */
  readonly source: string
  readonly #code: MacroCode
  readonly #shape: MacroShape
  readonly #home: MacroHome

  constructor(shape: MacroShape, code: MacroCode, home: MacroHome) {
    super()
    this.name = shape.name
    this.location = home.source.locate(shape.at)
    this.parameters = shape.parameters.map((parameter) => parameter.name)
    this.source = home.source.text.slice(shape.start, shape.end)
    this.#code = code
    this.#shape = shape
    this.#home = home
  }

  /** The macro as one rendering calls it: free names come from that rendering. `watch` runs its calls. */
  bind(scope: RenderScope, watch?: (call: () => unknown) => unknown): Macro {
    return new Macro(this.#code, this.#frame(scope), { watch })
  }

  /** Calls it from outside of any template. Gives its text or what it returned. Throws as Template.render does. */
  run(scope: RenderScope, args: readonly unknown[] = [], kwargs: Kwargs = noKwargs): unknown {
    const frame = this.#frame(scope)
    try {
      const result = new Macro(this.#code, frame).call(args, kwargs)
      if (!(result instanceof Promise)) return result
      result.catch(() => undefined)
      const message = `the macro '${this.name}' must be waited for`
      throw new WaterworksError('WW2007', { message, location: this.location })
    } catch (thrown) {
      throw outward(thrown, this.#home.source, this.#shape.at, frame)
    }
  }

  /** As run, waiting for what the macro calls. */
  async runAsync(
    scope: RenderScope,
    args: readonly unknown[] = [],
    kwargs: Kwargs = noKwargs,
  ): Promise<unknown> {
    const frame = this.#frame(scope)
    try {
      return await new Macro(this.#code, frame).call(args, kwargs)
    } catch (thrown) {
      throw outward(thrown, this.#home.source, this.#shape.at, frame)
    }
  }

  override get typeName(): string {
    return 'Macro'
  }

  override toText(): string {
    return `<Macro '${this.name}'>`
  }

  #frame(scope: RenderScope): Frame {
    const sibling = (name: string) => {
      const macro = this.#home.siblings.get(name)
      return macro && scope.adopt(macro)
    }
    return new Frame(scope, new Output(), undefined, sibling)
  }
}
