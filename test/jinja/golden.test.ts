import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { compileTemplate } from '../../src/jinja/compile-template.ts'
import { type GoldenCase, goldenCase, goldenContext, goldenError, goldenOutcome } from './golden-case.ts'

const goldens = z
  .object({ generatedContext: z.record(z.string(), z.unknown()), cases: z.array(goldenCase) })
  .parse(JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8')))

function contextOf({ theme, context = {} }: GoldenCase): Readonly<Record<string, unknown>> {
  return theme === 'generated' ? goldens.generatedContext : context
}

const themes = Map.groupBy(goldens.cases, ({ theme }) => theme)

describe.each([...themes.keys()])('%s: as CPython’s Jinja2', (theme) => {
  const cases = themes.get(theme)!

  it.each(cases.map((golden) => [golden.template, golden] as const))('%j', (_template, golden) => {
    expect(goldenOutcome(golden, contextOf(golden))).toBe(golden.expected ?? golden.error)
  })
})

it('renders the same when it may wait', async () => {
  for (const golden of goldens.cases) {
    let result: unknown
    try {
      const template = compileTemplate(golden.template, { file: 'golden.sql' })
      result = await template.renderAsync(goldenContext(contextOf(golden)))
    } catch (thrown) {
      result = goldenError(golden, thrown)
    }
    expect(result, golden.template).toBe(golden.expected ?? golden.error)
  }
})
