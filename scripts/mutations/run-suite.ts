import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import type { CheckoutCopy } from './checkout-copy.ts'
import type { Mutation } from './mutation.ts'

const report = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      message: z.string(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
})

export type Verdict =
  | { readonly color: 'green' }
  | { readonly color: 'red'; readonly test: string; readonly message: string }

/** Suites that start the command, which the bundle makes quick. Others do without it. */
const STARTS_COMMANDS = /^test\/(?:cli|crash|publish|twice)\//

/** Runs a suite in a copy of the checkout. Throws when nothing ran, or what ran is no program any more. */
export async function runSuite(copy: CheckoutCopy, suite: Mutation['suite']): Promise<Verdict> {
  const file = join(copy.folder, 'report.json')
  const args = [
    ...['node_modules/vitest/vitest.mjs', 'run', suite.file, '-t', suite.test, '--bail', '1'],
    ...['--reporter', 'json', '--outputFile', file],
  ]
  const { WATERWORKS_SEED = '7' } = process.env
  const WATERWORKS_SUITE_BUNDLE = STARTS_COMMANDS.test(suite.file) ? 'fresh' : 'none'
  const child = spawn(process.execPath, args, {
    cwd: copy.folder,
    env: { ...process.env, WATERWORKS_SEED, WATERWORKS_SUITE_BUNDLE },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  const written = await readFile(file, 'utf8').catch(() => {
    throw new Error(`${suite.file} could not be run:\n${out}\n${err}`)
  })
  const { success, numPassedTests, testResults } = report.parse(JSON.parse(written))
  if (success && numPassedTests > 0) return { color: 'green' }
  const failed = testResults
    .flatMap((result) => result.assertionResults)
    .find((result) => result.status === 'failed')
  const message = failed?.failureMessages[0] ?? ''
  if (failed === undefined || /SyntaxError|ReferenceError|TypeError|ERR_MODULE/.test(message)) {
    throw new Error(`${suite.file} "${suite.test}" did not run as it should:\n${message}\n${out}\n${err}`)
  }
  return { color: 'red', test: failed.fullName, message }
}
