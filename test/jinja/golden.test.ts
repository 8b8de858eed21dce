import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { WaterworksError } from '../../src/errors/waterworks-error.ts'
import { compileTemplate } from '../../src/jinja/compile-template.ts'
import { fromGolden } from './golden-value.ts'

const goldens = z
  .object({
    generatedContext: z.record(z.string(), z.unknown()),
    cases: z.array(
      z.object({
        theme: z.string(),
        template: z.string(),
        context: z.record(z.string(), z.unknown()).optional(),
        expected: z.string().optional(),
        error: z.enum(['syntax', 'undefined', 'value']).optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8')))

/** Python fails with a TypeError on some undefined arguments where naming the undefined value says more. */
const codes = {
  syntax: ['WW2001', 'WW2003', 'WW2004', 'WW2009', 'WW2010'],
  undefined: ['WW2002'],
  value: ['WW2002', 'WW2003', 'WW2004', 'WW2005', 'WW2006'],
}

type Golden = (typeof goldens.cases)[number]

function contextOf({ theme, context = {} }: Golden): Record<string, unknown> {
  const given = theme === 'generated' ? goldens.generatedContext : context
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, fromGolden(value)]))
}

/** What came out, in the form it is compared: the text, or the kind of error when its code fits. */
function outcome(golden: Golden, thrown: unknown): unknown {
  if (!(thrown instanceof WaterworksError) || !golden.error) return thrown
  return codes[golden.error].includes(thrown.code) ? golden.error : thrown
}

const themes = Map.groupBy(goldens.cases, ({ theme }) => theme)

describe.each([...themes.keys()])('%s: as CPython’s Jinja2', (theme) => {
  const cases = themes.get(theme)!

  it.each(cases.map((golden) => [golden.template, golden] as const))('%j', (template, golden) => {
    let result: unknown
    try {
      result = compileTemplate(template, { file: 'golden.sql' }).render(contextOf(golden))
    } catch (thrown) {
      result = outcome(golden, thrown)
    }
    expect(result).toBe(golden.expected ?? golden.error)
  })
})

it('renders the same when it may wait', async () => {
  for (const golden of goldens.cases) {
    let result: unknown
    try {
      const template = compileTemplate(golden.template, { file: 'golden.sql' })
      result = await template.renderAsync(contextOf(golden))
    } catch (thrown) {
      result = outcome(golden, thrown)
    }
    expect(result, golden.template).toBe(golden.expected ?? golden.error)
  }
})
