import type { ArgumentsNode } from '../ast/call.ts'
import type { MacroShape } from '../ast/macro.ts'
import type { Expression, Statement } from '../ast/node.ts'
import type { MacroCode } from '../runtime/macro.ts'
import type { Registry } from '../runtime/registry.ts'
import type { SourceText } from '../syntax/source-text.ts'
import type { Code, Step } from './code.ts'

/** What the compilers of single node kinds need of the whole: their children, compiled, and where they stand. */
export interface Compiler {
  readonly source: SourceText
  readonly registry: Registry
  expression(node: Expression): Code
  /** An array of positional arguments and an object of keywords, evaluated in order. */
  arguments(node: ArgumentsNode): Code
  body(statements: readonly Statement[]): Step
  /** The code of a macro or caller, compiled once per shape. */
  macro(shape: MacroShape): MacroCode
  /** Compiles children that may never run: names of filters and tests in them are checked when they do. */
  conditionally<T>(compile: () => T): T
  readonly inCondition: boolean
}
