import { readFileSync } from 'node:fs'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { type ResultFormat, resultFormat } from '../../expectations/result-format.ts'
import { readSuite } from '../../expectations/suite.ts'
import { compileChecks } from '../../quality/compile-checks.ts'
import { dimensionOf } from '../../quality/dimension.ts'
import { printPlan } from '../../quality/plan/print-plan.ts'
import { blocks, runChecks } from '../../run/run-checks.ts'
import { validateSuite } from '../../run/validate-suite.ts'
import type { Invocation } from '../command.ts'
import { printChecks } from '../print-checks.ts'
import { printValidation } from '../print-validation.ts'
import { type CheckedData, withCheckedData } from './checked-data.ts'

/** Checks what a name stands for, by a suite or by the project's own checks of it. Gives the exit code. */
export function checkData(name: string, invocation: Invocation): Promise<number> {
  const suite = invocation.flags.text('suite')
  return withCheckedData(name, invocation, (data) =>
    suite === undefined ? byOwnChecks(name, data, invocation) : bySuite(suite, data, invocation),
  )
}

async function byOwnChecks(name: string, data: CheckedData, { output, flags }: Invocation): Promise<number> {
  const { checks, executor, target } = data
  if (checks === undefined) {
    throw new WaterworksError('WW7001', {
      message: `${name} is a file, which no check of the project is about`,
      hint: 'Give a suite of expectations: --suite suite.json',
    })
  }
  if (flags.isSet('explain')) {
    const { steps } = compileChecks(checks, target)
    output.print(printPlan(steps))
    output.json({ relation: name, steps })
    return 0
  }
  const results = await runChecks(executor, checks, target)
  printChecks(name, results, output)
  output.json({
    status: results.some(blocks) ? 'failed' : 'success',
    relation: name,
    checks: results.map((result, index) => ({
      ...result,
      dimension: checks[index]!.dimension ?? dimensionOf(checks[index]!.rule),
    })),
  })
  return results.some(blocks) ? 1 : 0
}

async function bySuite(file: string, data: CheckedData, { output, flags }: Invocation): Promise<number> {
  const suite = readSuite(readSuiteFile(file), file)
  const total = suite.expectations.length
  const result = await validateSuite(data.executor, {
    suite,
    target: data.target,
    format: formatOf(flags.text('result-format'), flags.texts('index')),
    parameters: Object.fromEntries(flags.texts('parameter').map(parameterOf)),
    ...(output.interactive
      ? { onProgress: (judged: number) => output.live([`judged ${judged} of ${total} expectations`]) }
      : {}),
  })
  if (output.interactive) output.live([])
  printValidation(result, output)
  output.jsonData(result)
  return result.success ? 0 : 1
}

function readSuiteFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new WaterworksError('WW7001', { message: `the suite ${file} cannot be read`, cause })
  }
}

function formatOf(word: string | undefined, indexColumns: readonly string[]): ResultFormat {
  const read = resultFormat.safeParse({
    result_format: word?.toUpperCase() ?? 'SUMMARY',
    unexpected_index_column_names: indexColumns,
  })
  if (read.success) return read.data
  throw new WaterworksError('WW7001', {
    message: `--result-format cannot be ${word}`,
    hint: 'It is BOOLEAN_ONLY, BASIC, SUMMARY or COMPLETE.',
  })
}

/** `name=value`, where the value is JSON if it can be read as that, and a text otherwise. */
function parameterOf(given: string): readonly [string, unknown] {
  const [name = '', ...rest] = given.split('=')
  const text = rest.join('=')
  if (name === '' || rest.length === 0) {
    throw new WaterworksError('WW7001', { message: '--parameter takes NAME=VALUE' })
  }
  try {
    return [name, JSON.parse(text)]
  } catch {
    return [name, text]
  }
}
