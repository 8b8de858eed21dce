import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { CallNode, FilterNode } from '../ast/call.ts'
import type { MacroShape, Parameter } from '../ast/macro.ts'
import type { Statement } from '../ast/node.ts'
import type { BlockExtension } from './block-extension.ts'
import { BlockHeader } from './block-header.ts'
import { ExpressionParser } from './expression-parser.ts'
import { tokenize } from './lexer.ts'
import { parseParameters } from './parameters.ts'
import { stripEnd } from './python-whitespace.ts'
import type { SourceText } from './source-text.ts'
import { parseTarget } from './target-parser.ts'
import { TokenStream } from './token-stream.ts'

const ownTags = [
  'if',
  'for',
  'set',
  'do',
  'macro',
  'call',
  'filter',
  'with',
  'break',
  'continue',
  'raw',
] as const
const foreignTags: ReadonlySet<string> = new Set([
  'include',
  'import',
  'from',
  'extends',
  'block',
  'autoescape',
  'trans',
])

/** Parses a template into statements. Throws WW2001 (syntax), WW2009 (Jinja2 tag not supported), WW2010 (unknown tag). */
export function parseTemplate(
  source: SourceText,
  extensions: ReadonlyMap<string, BlockExtension>,
): readonly Statement[] {
  const rawTags = new Map<string, string>()
  for (const extension of extensions.values()) {
    if (extension.body === 'raw') rawTags.set(extension.tag, endTagOf(extension))
  }
  return new TemplateParser(new TokenStream(source, tokenize(source, rawTags)), extensions).template()
}

function endTagOf(extension: BlockExtension): string {
  return extension.endTag ?? `end${extension.tag}`
}

class TemplateParser {
  readonly #stream: TokenStream
  readonly #expressions: ExpressionParser
  readonly #extensions: ReadonlyMap<string, BlockExtension>
  /** Tags that are open, outermost first, for messages and for where break may stand. */
  readonly #open: { readonly tag: string; readonly at: number }[] = []

  constructor(stream: TokenStream, extensions: ReadonlyMap<string, BlockExtension>) {
    this.#stream = stream
    this.#expressions = new ExpressionParser(stream)
    this.#extensions = extensions
  }

  template(): readonly Statement[] {
    return this.#statements([])
  }

  /** Statements up to one of the end tags, whose name becomes the current token; to the end without any. */
  #statements(endTags: readonly string[]): readonly Statement[] {
    const stream = this.#stream
    const statements: Statement[] = []
    for (;;) {
      const { kind, start: at, value } = stream.current
      switch (kind) {
        case 'text':
          stream.advance()
          if (value !== '') statements.push({ kind: 'text', at, text: value })
          break
        case 'variable_begin': {
          stream.advance()
          const expression = this.#expressions.tuple({ inlineIf: true })
          statements.push({ kind: 'print', at: expression.at, expression })
          stream.expect('variable_end')
          break
        }
        case 'block_begin':
          stream.advance()
          if (stream.isName(...endTags)) return statements
          statements.push(this.#statement())
          break
        default:
          if (endTags.length === 0) return statements
          throw this.#unclosed(endTags)
      }
    }
  }

  #statement(): Statement {
    const stream = this.#stream
    const { value: tag, start: at } = stream.expect('name')
    switch (tag) {
      case 'if':
        return this.#if(at)
      case 'for':
        return this.#for(at)
      case 'set':
        return this.#set(at)
      case 'with':
        return this.#with(at)
      case 'macro':
        return { kind: 'macro', at, macro: this.#macro(at) }
      case 'call':
        return this.#call(at)
      case 'filter':
        return this.#filter(at)
      case 'do': {
        const expression = this.#expressions.tuple({ inlineIf: true })
        stream.expect('block_end')
        return { kind: 'do', at, expression }
      }
      case 'break':
      case 'continue':
        this.#requireLoop(tag, at)
        stream.expect('block_end')
        return { kind: tag, at }
    }
    const extension = this.#extensions.get(tag)
    if (extension) return this.#extension(extension, at)
    throw this.#unknownTag(tag, at)
  }

  #body(tag: string, at: number, endTags: readonly string[]): readonly Statement[] {
    this.#stream.skip('operator', ':')
    this.#stream.expect('block_end')
    this.#open.push({ tag, at })
    const statements = this.#statements(endTags)
    this.#open.pop()
    return statements
  }

  /** A body whose only end tag is stepped over as well. */
  #closedBody(tag: string, at: number, endTag = `end${tag}`): readonly Statement[] {
    const statements = this.#body(tag, at, [endTag])
    this.#stream.advance()
    this.#stream.expect('block_end')
    return statements
  }

  #if(at: number): Statement {
    const stream = this.#stream
    const branches = []
    do {
      const condition = this.#expressions.tuple({ inlineIf: false })
      branches.push({ condition, body: this.#body('if', at, ['elif', 'else', 'endif']) })
    } while (stream.skip('name', 'elif'))
    if (stream.advance().value === 'else') {
      return { kind: 'if', at, branches, otherwise: this.#closedBody('if', at) }
    }
    stream.expect('block_end')
    return { kind: 'if', at, branches, otherwise: [] }
  }

  #for(at: number): Statement {
    const stream = this.#stream
    const targetAt = stream.current.start
    const target = parseTarget(stream, { namespaces: false })
    if (target.kind === 'name' && target.name === 'loop') {
      throw stream.error("'loop' is the loop's own name and cannot be its variable", undefined, targetAt)
    }
    stream.expect('name', 'in')
    const iterable = this.#expressions.tuple({ inlineIf: false, endsAt: ['recursive'] })
    const condition = stream.skip('name', 'if') ? this.#expressions.expression() : undefined
    const recursive = stream.skip('name', 'recursive')
    const { result: body, reads } = this.#expressions.recordingReads(() =>
      this.#body('for', at, ['endfor', 'else']),
    )
    const hasElse = stream.advance().value === 'else'
    const otherwise = hasElse ? this.#closedBody('for-else', at, 'endfor') : []
    if (!hasElse) stream.expect('block_end')
    const usesLoop = recursive || reads.has('loop')
    return { kind: 'for', at, target, iterable, condition, recursive, body, otherwise, usesLoop }
  }

  #set(at: number): Statement {
    const target = parseTarget(this.#stream, { namespaces: true })
    if (this.#stream.skip('operator', '=')) {
      const value = this.#expressions.tuple({ inlineIf: true })
      this.#stream.expect('block_end')
      return { kind: 'set', at, target, value }
    }
    const filter = this.#expressions.filters(undefined) as FilterNode | undefined
    return { kind: 'set-block', at, target, filter, body: this.#closedBody('set', at) }
  }

  #with(at: number): Statement {
    const stream = this.#stream
    const assignments = []
    while (!stream.is('block_end')) {
      if (assignments.length > 0) stream.expect('operator', ',')
      const target = parseTarget(stream, { namespaces: false })
      stream.expect('operator', '=')
      assignments.push({ target, value: this.#expressions.expression() })
    }
    return { kind: 'with', at, assignments, body: this.#closedBody('with', at) }
  }

  #macro(at: number): MacroShape {
    const name = this.#stream.expect('name').value
    const parameters = parseParameters(this.#expressions)
    return this.#macroBody('macro', 'endmacro', name, at, parameters)
  }

  #macroBody(
    tag: string,
    endTag: string,
    name: string,
    at: number,
    parameters: readonly Parameter[],
  ): MacroShape {
    const stream = this.#stream
    const start = stream.source.text.lastIndexOf('{%', at)
    this.#stream.skip('operator', ':')
    const bodyStart = stream.current.end
    const { result: body, reads } = this.#expressions.recordingReads(() => this.#body(tag, at, [endTag]))
    const bodyEnd = stream.previous.start
    stream.advance()
    const { start: endsAt, value: closing } = stream.expect('block_end')
    return {
      name,
      at,
      parameters,
      body,
      usesVarargs: reads.has('varargs'),
      usesKwargs: reads.has('kwargs'),
      usesCaller: reads.has('caller'),
      start,
      end: endsAt + stripEnd(closing).length,
      bodyStart,
      bodyEnd,
    }
  }

  #call(at: number): Statement {
    const stream = this.#stream
    const parameters = stream.is('operator', '(') ? parseParameters(this.#expressions) : []
    const callAt = stream.current.start
    const call = this.#expressions.expression()
    if (call.kind !== 'call') throw stream.error('a call block needs a call', undefined, callAt)
    const caller = this.#macroBody('call', 'endcall', 'caller', at, parameters)
    return { kind: 'call-block', at, call: call satisfies CallNode, caller }
  }

  #filter(at: number): Statement {
    const filter = this.#expressions.filters(undefined, true) as FilterNode
    return { kind: 'filter-block', at, filter, body: this.#closedBody('filter', at) }
  }

  #extension(extension: BlockExtension, at: number): Statement {
    const stream = this.#stream
    const { tag } = extension
    const heading = extension.readHeading(new BlockHeader(this.#expressions))
    const { name, options = {} } = heading
    const text = stream.source.text
    if (extension.body === 'macro') {
      const macroName = heading.macroName ?? name
      const macro = this.#macroBody(tag, endTagOf(extension), macroName, at, heading.parameters ?? [])
      const [body, whole] = [text.slice(macro.bodyStart, macro.bodyEnd), text.slice(macro.start, macro.end)]
      return { kind: 'extension', at, tag, name, options, macro, body, text: whole }
    }
    const start = text.lastIndexOf('{%', at)
    stream.expect('block_end')
    const body = stream.expect('text').value
    stream.expect('block_begin')
    stream.expect('name', endTagOf(extension))
    const { start: endsAt, value: closing } = stream.expect('block_end')
    const whole = text.slice(start, endsAt + stripEnd(closing).length)
    return { kind: 'extension', at, tag, name, options, macro: undefined, body, text: whole }
  }

  #requireLoop(tag: string, at: number): void {
    // Only tags that Jinja2 compiles into the loop's own function may stand between it and the jump.
    for (const { tag: outer } of this.#open.toReversed()) {
      if (outer === 'for') return
      if (outer !== 'if' && outer !== 'with' && outer !== 'filter' && outer !== 'set') break
    }
    throw this.#stream.error(`'${tag}' stands outside of a loop`, undefined, at)
  }

  #unclosed(endTags: readonly string[]): WaterworksError {
    const innermost = this.#open.at(-1)
    if (!innermost) return this.#stream.unexpected(endTags.map((tag) => `'${tag}'`).join(' or '))
    const tag = innermost.tag.replace('-else', '')
    return this.#stream.error(
      `'${tag}' is never closed`,
      `End it with \`{% ${endTags.at(-1)} %}\`.`,
      innermost.at,
    )
  }

  #unknownTag(tag: string, at: number): WaterworksError {
    const stream = this.#stream
    const location = stream.source.locate(at)
    if (foreignTags.has(tag)) {
      const message = `the tag '${tag}' is not supported: a template here is one file`
      return new WaterworksError('WW2009', { message, location })
    }
    const innermost = this.#open.at(-1)
    if (tag.startsWith('end') || tag === 'else' || tag === 'elif') {
      const opened = innermost && stream.source.locate(innermost.at)
      return stream.error(
        `'${tag}' closes nothing that is open`,
        innermost && opened
          ? `The innermost open tag is '${innermost.tag.replace('-else', '')}' of line ${opened.line}.`
          : undefined,
        at,
      )
    }
    const near = suggest(tag, [...ownTags, ...this.#extensions.keys()])
    const hint = near ? `Did you mean '${near}'?` : undefined
    return new WaterworksError('WW2010', { message: `there is no tag '${tag}'`, location, hint })
  }
}
