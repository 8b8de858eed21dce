import { z } from 'zod'
import { WaterworksError } from '../errors/waterworks-error.ts'

/** One expectation of a suite, as it stands there. */
export interface Expectation {
  readonly type: string
  readonly kwargs: Readonly<Record<string, unknown>>
  readonly meta: Readonly<Record<string, unknown>>
  readonly id?: string
  readonly severity?: string
}

/** A suite of Great Expectations, of whichever version. */
export interface Suite {
  readonly name: string
  readonly expectations: readonly Expectation[]
  readonly parameters: Readonly<Record<string, unknown>>
  readonly meta: Readonly<Record<string, unknown>>
}

const record = z.record(z.string(), z.unknown())
const text = z.string().nullish()

const expectation = z
  .looseObject({
    type: text,
    expectation_type: text,
    kwargs: record.default({}),
    meta: record.nullish(),
    id: text,
    severity: text,
  })
  .refine(({ type, expectation_type }) => Boolean(type ?? expectation_type), {
    message: 'has no "type"',
  })

/** 1.x says `name` and `type`, 0.x `expectation_suite_name` and `expectation_type`. */
const document = z.looseObject({
  name: text,
  expectation_suite_name: text,
  expectations: z.array(expectation),
  suite_parameters: record.nullish(),
  evaluation_parameters: record.nullish(),
  meta: record.nullish(),
})

/** Reads the JSON of a suite. Throws WW5021 for what is none, with what is wrong and where. */
export function readSuite(json: string, file: string): Suite {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch (cause) {
    throw new WaterworksError('WW5021', { message: `${file} is not JSON`, cause })
  }
  const read = document.safeParse(parsed)
  if (!read.success) {
    const [issue] = read.error.issues
    const at = issue?.path.join('.') ?? ''
    throw new WaterworksError('WW5021', {
      message: `${file} is no suite of expectations: ${at === '' ? '' : `${at}: `}${issue?.message ?? ''}`,
    })
  }
  const suite = read.data
  return {
    name: suite.name ?? suite.expectation_suite_name ?? '',
    expectations: suite.expectations.map(({ type, expectation_type, kwargs, meta, id, severity }) => ({
      type: snakeCase(type ?? expectation_type ?? ''),
      kwargs,
      meta: meta ?? {},
      ...(id == null ? {} : { id }),
      ...(severity == null ? {} : { severity }),
    })),
    parameters: suite.suite_parameters ?? suite.evaluation_parameters ?? {},
    meta: suite.meta ?? {},
  }
}

/** `UnexpectedRowsExpectation` and its like go by their classes' names. */
function snakeCase(type: string): string {
  return /[A-Z]/.test(type) ? type.replace(/(?<!^)(?=[A-Z])/g, '_').toLowerCase() : type
}
