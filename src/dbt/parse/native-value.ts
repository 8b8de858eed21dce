import { WaterworksError } from '../../errors/waterworks-error.ts'
import { compileTemplate } from '../../jinja/compile-template.ts'
import { isConstant } from '../../jinja/is-constant.ts'
import type { Filter } from '../../jinja/runtime/registry.ts'
import type { ContextLookup } from '../../jinja/runtime/render-scope.ts'
import { returnFunction } from '../../jinja/runtime/return-function.ts'
import type { TemplateExtensions } from '../../jinja/template-kind.ts'
import { NeedsWarehouse } from '../context/needs-warehouse.ts'
import { templateExtensions } from '../macros/block-extensions.ts'

/** Whether a text holds a template at all. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#')
}

/**
 * What a text of YAML stands for: a text that is one expression alone is that expression's value, number or list included, as a template
 * value; any other is a text, and so is an expression that looks at no name.
 */
export function nativeValue(text: string, file: string, context: ContextLookup): unknown {
  const call = plainCall(text)
  if (call) {
    try {
      return valueOfCall(call, context)
    } catch (error) {
      // What goes wrong is told as of the text itself.
      if (error instanceof NeedsWarehouse) throw error
    }
  }
  const { source, extensions, settled } = nativeTemplate(text, file)
  const template = compileTemplate(source, { file, extensions })
  return settled ? settled(template.call('value', context)) : template.render(context)
}

/** As nativeValue, waiting for what the template asks of the warehouse. */
export async function nativeValueAsync(text: string, file: string, context: ContextLookup): Promise<unknown> {
  const { source, extensions, settled } = nativeTemplate(text, file)
  const template = compileTemplate(source, { file, extensions })
  return settled ? settled(await template.callAsync('value', context)) : await template.renderAsync(context)
}

/** A call of ref() or source() with texts, by itself or handed to a macro, as most arguments of tests are. */
interface PlainCall {
  readonly expression: string
  readonly texts: readonly string[]
}

const TEXT = /'([^'\\{}]*)'|"([^"\\{}]*)"/g
const PLAIN_CALL = new RegExp(
  `^\\{\\{\\s*(?:([A-Za-z_]\\w*)\\()?(ref|source)\\(\\s*((?:${TEXT.source})(?:\\s*,\\s*(?:${TEXT.source}))*)\\s*\\)(\\)?)\\s*\\}\\}$`,
)
const TEXTS = 'waterworks_texts'

function plainCall(text: string): PlainCall | undefined {
  const match = PLAIN_CALL.exec(text)
  if (!match) return undefined
  const [, macro, name, given = ''] = match
  const isClosed = match.at(-1) === ')'
  if ((macro !== undefined) !== isClosed) return undefined
  const inner = `${name}(*${TEXTS})`
  return {
    expression: macro === undefined ? inner : `${macro}(${inner})`,
    texts: Array.from(given.matchAll(TEXT), ([, single, double]) => single ?? double ?? ''),
  }
}

/** What a call gives: those of one macro are one template, whatever their texts are. */
function valueOfCall({ expression, texts }: PlainCall, context: ContextLookup): unknown {
  const source = `{% macro value() %}{{ return((${expression})) }}{% endmacro %}`
  const template = compileTemplate(source, { file: 'arguments', extensions: templateExtensions })
  return template.call('value', { ...context, get: (name) => (name === TEXTS ? texts : context.get(name)) })
}

interface NativeTemplate {
  readonly source: string
  readonly extensions: TemplateExtensions
  /** What the expression's value becomes; undefined where the text is more than one expression. */
  readonly settled?: (value: unknown) => unknown
}

function nativeTemplate(text: string, file: string): NativeTemplate {
  const expression = soleExpression(text)
  if (expression === undefined) return { source: text, extensions: templateExtensions }
  // What Jinja2 works out when it compiles a template is text of it: dbt reads "{{ 1 + 1 }}" as a text, too.
  if (!MARKED.test(expression) && isConstant(expression, file)) {
    return { source: text, extensions: templateExtensions }
  }
  const source = `{% macro value() %}{{ return((${expression})) }}{% endmacro %}`
  if (!marker.test(expression)) return { source, extensions: templateExtensions, settled: (value) => value }
  const marks = new Map<unknown, Mark>()
  return { source, extensions: marking(marks), settled: (value) => asMarked(value, marks.get(value)) }
}

/** The expression between braces when a text is nothing else. */
function soleExpression(text: string): string | undefined {
  const inside = /^\{\{[-+]?([\s\S]*?)[-+]?\}\}$/.exec(text)?.[1]
  if (inside === undefined || inside.trim() === '') return undefined
  return inside.includes('}}') || inside.includes('{%') ? undefined : inside
}

/** The value that a Python literal stands for; undefined for what is none. */
function literal(text: string): { readonly value: unknown } | undefined {
  try {
    const source = `{% macro value() %}{{ return((${text})) }}{% endmacro %}`
    return { value: compileTemplate(source, { file: 'literal' }).call('value', { return: returnFunction }) }
  } catch (error) {
    if (error instanceof WaterworksError) return undefined
    throw error
  }
}

/** An expression that ends by saying what it is to become. */
const MARKED = /\|\s*as_(?:text|bool|number|native)\s*$/

type Mark = 'text' | 'bool' | 'number' | 'native'

const marker = /\bas_(?:text|bool|number|native)\b/

/**
 * dbt's filters that say what a text in YAML is to become. They only mark it: in the middle of an expression it stays a text, so
 * that `target.type == 'bigquery' | as_bool` compares texts.
 */
function marking(marks: Map<unknown, Mark>): TemplateExtensions {
  const marked =
    (mark: Mark): Filter =>
    (value) => {
      if (typeof value === 'string') marks.set(value, mark)
      return value
    }
  return {
    ...templateExtensions,
    filters: {
      ...templateExtensions.filters,
      as_text: marked('text'),
      as_bool: marked('bool'),
      as_number: marked('number'),
      as_native: marked('native'),
    },
  }
}

function asMarked(value: unknown, mark: Mark | undefined): unknown {
  if (typeof value !== 'string' || mark === undefined || mark === 'text') return value
  const read = literal(mark === 'bool' ? value.replace(/^[tf]/, (letter) => letter.toUpperCase()) : value)
  switch (mark) {
    case 'bool':
      if (typeof read?.value === 'boolean') return read.value
      break
    case 'number':
      if (read && isNumber(read.value)) return read.value
      break
    case 'native':
      return read && /^\s*(?:[[({'"\d-]|True\b|False\b|None\b)/.test(value) ? read.value : value
  }
  throw new WaterworksError('WW1212', { message: `The text "${value}" is no ${mark}.` })
}

const isNumber = (value: unknown) => typeof value !== 'string' && typeof value !== 'boolean' && value !== null
