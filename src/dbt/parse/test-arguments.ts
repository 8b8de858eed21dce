import { isRecord } from './config-rules.ts'
import { isTemplate } from './native-value.ts'

/** The name under which the macro of a generic test is given its arguments. */
export const testArgumentsName = '_dbt_generic_test_kwargs'

const looksLikeCall = /^\s*(?:env_var|ref|var|source|doc)\s*\(.+\)\s*$/

/** The template that a text among a test's arguments stands for: `ref('orders')` needs no braces. Undefined for plain text. */
export function argumentTemplate(text: string): string | undefined {
  if (looksLikeCall.test(text)) return `{{ ${text} }}`
  return isTemplate(text) ? text : undefined
}

/** As testArguments, waiting for what the templates ask of the warehouse. */
export async function testArgumentsAsync(
  kwargs: Readonly<Record<string, unknown>>,
  evaluate: (template: string) => Promise<unknown>,
): Promise<Readonly<Record<string, unknown>>> {
  const values = new Map<string, unknown>()
  testArguments(kwargs, (template) => void values.set(template, undefined))
  for (const template of values.keys()) values.set(template, await evaluate(template))
  return testArguments(kwargs, (template) => values.get(template))
}

/** A test's arguments with every template in them evaluated. */
export function testArguments(
  kwargs: Readonly<Record<string, unknown>>,
  evaluate: (template: string) => unknown,
): Readonly<Record<string, unknown>> {
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const template = argumentTemplate(value)
      return template === undefined ? value : evaluate(template)
    }
    if (Array.isArray(value)) return value.map(visit)
    if (isRecord(value))
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]))
    return value
  }
  return Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, visit(value)]))
}
