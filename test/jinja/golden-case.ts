import { z } from 'zod'
import { WaterworksError } from '../../src/errors/waterworks-error.ts'
import { compileTemplate } from '../../src/jinja/compile-template.ts'
import { fromGolden } from './golden-value.ts'

/** A template, and what CPython's Jinja2 makes of it: a text, or a kind of error. */
export const goldenCase = z.object({
  theme: z.string(),
  template: z.string(),
  context: z.record(z.string(), z.unknown()).optional(),
  expected: z.string().optional(),
  error: z.enum(['syntax', 'undefined', 'value']).optional(),
})

export type GoldenCase = z.infer<typeof goldenCase>

/** Python fails with a TypeError on some undefined arguments where naming the undefined value says more. */
const codes = {
  syntax: ['WW2001', 'WW2003', 'WW2004', 'WW2009', 'WW2010'],
  undefined: ['WW2002'],
  value: ['WW2002', 'WW2003', 'WW2004', 'WW2005', 'WW2006'],
}

/** A context of golden.json as values of templates. */
export function goldenContext(context: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(context).map(([name, value]) => [name, fromGolden(value)]))
}

/** What came out, in the form it is compared: the text, or the kind of error when its code fits. */
export function goldenOutcome(golden: GoldenCase, context: Readonly<Record<string, unknown>>): unknown {
  try {
    return compileTemplate(golden.template, { file: 'golden.sql' }).render(goldenContext(context))
  } catch (thrown) {
    return goldenError(golden, thrown)
  }
}

/** The kind of error that was expected when the code of what was thrown fits, else what was thrown. */
export function goldenError({ error }: GoldenCase, thrown: unknown): unknown {
  if (!(thrown instanceof WaterworksError) || !error) return thrown
  return codes[error].includes(thrown.code) ? error : thrown
}
