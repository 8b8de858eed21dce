import type { ArgumentsNode } from '../ast/call.ts'
import type { MacroShape } from '../ast/macro.ts'
import type { Expression, Statement } from '../ast/node.ts'
import type { MacroCode } from '../runtime/macro.ts'
import type { Registry } from '../runtime/registry.ts'
import type { SourceText } from '../syntax/source-text.ts'
import { compileFilterBlock, compileSet, compileSetBlock } from './assignment.ts'
import { compileArguments, compileCall } from './call.ts'
import { type Code, type Step, sequence } from './code.ts'
import type { Compiler } from './compiler.ts'
import { compileIf, compileWith } from './control.ts'
import { compileFilter, compileTest } from './filter-test.ts'
import { compileFor } from './for.ts'
import { compileLiteral } from './literal.ts'
import { compileLookup } from './lookup.ts'
import { compileCallBlock, compileMacro, compileMacroCode } from './macro.ts'
import { compileOperator } from './operator.ts'
import { compileDo, compilePrint, compileText } from './output.ts'

/** Compiles nodes to closures, each kind in its own file. Throws WW2003 and WW2004 for unknown filters and tests. */
export class TemplateCompiler implements Compiler {
  readonly source: SourceText
  readonly registry: Registry
  readonly #macros = new Map<MacroShape, MacroCode>()
  #conditions = 0

  constructor(source: SourceText, registry: Registry) {
    this.source = source
    this.registry = registry
  }

  get inCondition(): boolean {
    return this.#conditions > 0
  }

  conditionally<T>(compile: () => T): T {
    this.#conditions++
    try {
      return compile()
    } finally {
      this.#conditions--
    }
  }

  body(statements: readonly Statement[]): Step {
    return sequence(statements.map((statement) => this.#statement(statement)))
  }

  macro(shape: MacroShape): MacroCode {
    const known = this.#macros.get(shape)
    if (known) return known
    const code = compileMacroCode(shape, this)
    this.#macros.set(shape, code)
    return code
  }

  arguments(node: ArgumentsNode): Code {
    return compileArguments(node, this)
  }

  expression(node: Expression): Code {
    switch (node.kind) {
      case 'constant':
      case 'list':
      case 'tuple':
      case 'dict':
        return compileLiteral(node, this)
      case 'name':
      case 'attribute':
      case 'item':
      case 'slice':
        return compileLookup(node, this)
      case 'call':
        return compileCall(node, this)
      case 'filter':
        return compileFilter(node, this)
      case 'test':
        return compileTest(node, this)
      default:
        return compileOperator(node, this)
    }
  }

  #statement(node: Statement): Step {
    switch (node.kind) {
      case 'text':
        return compileText(node)
      case 'print':
        return compilePrint(node, this)
      case 'do':
        return compileDo(node, this)
      case 'if':
        return compileIf(node, this)
      case 'for':
        return compileFor(node, this)
      case 'with':
        return compileWith(node, this)
      case 'set':
        return compileSet(node, this)
      case 'set-block':
        return compileSetBlock(node, this)
      case 'filter-block':
        return compileFilterBlock(node, this)
      case 'macro':
        return compileMacro(node, this)
      case 'call-block':
        return compileCallBlock(node, this)
      case 'break':
      case 'continue': {
        const { kind } = node
        return { mayWait: false, run: () => kind }
      }
      case 'extension':
        return { mayWait: false, run: () => undefined }
    }
  }
}
