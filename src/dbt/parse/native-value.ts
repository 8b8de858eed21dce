import { WaterworksError } from '../../errors/waterworks-error.ts'
import { compileTemplate } from '../../jinja/compile-template.ts'
import type { Filter } from '../../jinja/runtime/registry.ts'
import type { ContextLookup } from '../../jinja/runtime/render-scope.ts'
import type { TemplateExtensions } from '../../jinja/template-kind.ts'
import { templateExtensions } from '../macros/block-extensions.ts'

/** Whether a text holds a template at all. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#')
}

/**
 * What a text of YAML stands for: a text that is one expression alone is that expression's value, number or list included, as a template
 * value; any other is a text.
 */
export function nativeValue(text: string, file: string, context: ContextLookup): unknown {
  const expression = soleExpression(text)
  if (expression === undefined) return compileTemplate(text, { file, extensions }).render(context)
  const source = `{% macro value() %}{{ return((${expression})) }}{% endmacro %}`
  return compileTemplate(source, { file, extensions }).call('value', context)
}

/** As nativeValue, waiting for what the template asks of the warehouse. */
export async function nativeValueAsync(text: string, file: string, context: ContextLookup): Promise<unknown> {
  const expression = soleExpression(text)
  if (expression === undefined) return compileTemplate(text, { file, extensions }).renderAsync(context)
  const source = `{% macro value() %}{{ return((${expression})) }}{% endmacro %}`
  return compileTemplate(source, { file, extensions }).callAsync('value', context)
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
    return { value: compileTemplate(source, { file: 'literal' }).call('value', {}) }
  } catch (error) {
    if (error instanceof WaterworksError) return undefined
    throw error
  }
}

function converted(kind: string, accepts: (value: unknown) => boolean): Filter {
  return (value) => {
    if (typeof value !== 'string') return value
    const read = literal(kind === 'bool' ? value.replace(/^[tf]/, (letter) => letter.toUpperCase()) : value)
    if (read && accepts(read.value)) return read.value
    throw new WaterworksError('WW1212', { message: `The text "${value}" is no ${kind}.` })
  }
}

const isNumber = (value: unknown) => typeof value !== 'string' && typeof value !== 'boolean' && value !== null

/** dbt's filters that say what a text in YAML is to become. */
const extensions: TemplateExtensions = {
  ...templateExtensions,
  filters: {
    ...templateExtensions.filters,
    as_bool: converted('bool', (value) => typeof value === 'boolean'),
    as_number: converted('number', isNumber),
    as_native: (value) => {
      if (typeof value !== 'string' || !/^\s*(?:[[({'"\d-]|True\b|False\b|None\b)/.test(value)) return value
      const read = literal(value)
      return read ? read.value : value
    },
  },
}
