import type { Location } from '../errors/location.ts'
import type { ExtensionNode } from './ast/extension.ts'
import type { Step } from './compile/code.ts'
import { TemplateCompiler } from './compile/template-compiler.ts'
import { Frame } from './runtime/frame.ts'
import { outward } from './runtime/guard.ts'
import { Output } from './runtime/output.ts'
import { RenderScope, type TemplateContext } from './runtime/render-scope.ts'
import { TemplateMacro } from './runtime/template-macro.ts'
import type { SourceText } from './syntax/source-text.ts'
import { parseTemplate } from './syntax/template-parser.ts'
import type { TemplateKind } from './template-kind.ts'
import type { Kwargs } from './values/kwargs.ts'

/** One block of a registered kind, as a template holds it. */
export interface TemplateBlock {
  readonly tag: string
  readonly name: string
  /** What its header says besides the name, as template values. */
  readonly options: Readonly<Record<string, unknown>>
  /** The body as written. */
  readonly body: string
  /** The whole block as written, tags included. */
  readonly source: string
  readonly location: Location
  /** For macro bodies: what runs it. */
  readonly macro: TemplateMacro | undefined
}

/** A compiled template. Immutable: it may be rendered any number of times, at the same time as well. */
export class Template {
  /** The macros of its top level, macro-like blocks included, by the name they are called with. */
  readonly macros: ReadonlyMap<string, TemplateMacro>
  /** Its top-level blocks of registered kinds, in order. */
  readonly blocks: readonly TemplateBlock[]
  readonly #source: SourceText
  readonly #kind: TemplateKind
  readonly #body: Step

  constructor(source: SourceText, kind: TemplateKind) {
    const statements = parseTemplate(source, kind.blocks)
    const compiler = new TemplateCompiler(source, kind.registry)
    const macros = new Map<string, TemplateMacro>()
    const blocks: TemplateBlock[] = []
    for (const node of statements) {
      if (node.kind !== 'macro' && node.kind !== 'extension') continue
      const macro =
        node.macro && new TemplateMacro(node.macro, compiler.macro(node.macro), { source, siblings: macros })
      if (macro) macros.set(macro.name, macro)
      if (node.kind === 'extension') blocks.push(blockOf(node, source, macro))
    }
    this.#source = source
    this.#kind = kind
    this.#body = compiler.body(statements)
    this.macros = macros
    this.blocks = blocks
  }

  /** The text it prints. Throws WW2xxx with the place; WW2007 when something it calls must be waited for. */
  render(context: TemplateContext = {}): string {
    const frame = this.#frame(context, false)
    try {
      this.#body.run(frame)
      return frame.output.text
    } catch (thrown) {
      throw outward(thrown, this.#source, 0, frame)
    }
  }

  /** The text it prints, waiting for what it calls; as long as nothing waits it runs without a pause. */
  async renderAsync(context: TemplateContext = {}): Promise<string> {
    const frame = this.#frame(context, true)
    try {
      await this.#body.run(frame)
      return frame.output.text
    } catch (thrown) {
      throw outward(thrown, this.#source, 0, frame)
    }
  }

  /** Calls one of its macros from outside of any template: gives its text, or what it returned. */
  call(name: string, context: TemplateContext, args?: readonly unknown[], kwargs?: Kwargs): unknown {
    return this.#macro(name).run(this.#scope(context, false), args, kwargs)
  }

  /** As call, waiting for what the macro calls. */
  async callAsync(
    name: string,
    context: TemplateContext,
    args?: readonly unknown[],
    kwargs?: Kwargs,
  ): Promise<unknown> {
    return this.#macro(name).runAsync(this.#scope(context, true), args, kwargs)
  }

  #macro(name: string): TemplateMacro {
    const macro = this.macros.get(name)
    if (!macro) throw new TypeError(`${this.#source.file} defines no macro '${name}'`)
    return macro
  }

  #scope(context: TemplateContext, mayWait: boolean): RenderScope {
    return new RenderScope(context, this.#kind.registry.globals, mayWait)
  }

  #frame(context: TemplateContext, mayWait: boolean): Frame {
    return new Frame(this.#scope(context, mayWait), new Output())
  }
}

function blockOf(node: ExtensionNode, source: SourceText, macro: TemplateMacro | undefined): TemplateBlock {
  const { tag, name, options, body, text } = node
  return { tag, name, options, body, source: text, location: source.locate(node.at), macro }
}
