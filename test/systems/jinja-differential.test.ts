import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { preparePython } from '../../scripts/python-program.ts'
import { goldenCase, goldenOutcome } from '../jinja/golden-case.ts'
import { announcedSeed } from '../support/scratch/random.ts'

const TEMPLATES = 10_000

/** Differences that src/jinja/CONTEXT.md lists: templates have no complex numbers, and escaped text is plain text. */
function isKnown(got: unknown, template: string): boolean {
  if (/[|] *escape/.test(template)) return true
  return got instanceof Error && got.message.includes('is a complex number')
}

const python = preparePython(
  { script: fileURLToPath(new URL('../jinja/differ.py', import.meta.url)), packages: ['jinja2==3.1.6'] },
  (reason) => console.error(`The differential suite of templates did not run: ${reason}`),
)

it.skipIf(python === undefined)('generated templates render as in CPython’s Jinja2', () => {
  const first = announcedSeed('templates')
  const [head, ...lines] = python!
    .run([String(first), String(TEMPLATES)])
    .trimEnd()
    .split('\n')
  const { generatedContext } = z
    .object({ generatedContext: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(head!))
  const cases = lines.map((line) => goldenCase.extend({ seed: z.number() }).parse(JSON.parse(line)))
  expect(cases.length).toBeGreaterThan(TEMPLATES / 2)
  const unlike = cases.flatMap((golden) => {
    const got = goldenOutcome(golden, generatedContext)
    const expected = golden.expected ?? golden.error
    return got === expected || isKnown(got, golden.template)
      ? []
      : [{ seed: golden.seed, template: golden.template, expected, got: String(got) }]
  })
  expect(unlike).toEqual([])
})
