/**
 * Plants a failing test beside the others and fails unless each test command does. A runner that forgets its exit code
 * looks the same as one whose tests pass: a module with an exit hook, imported by the setup, was once enough.
 */
import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** It asks for the database server too, for that is the part of the setup that leaves something running. */
const test = `import { expect, inject, test } from 'vitest'
import { connect } from 'node:net'

test('fails, for it was planted to', async () => {
  const answer = await new Promise((resolve) => connect(inject('postgres').door, '127.0.0.1').once('data', resolve))
  expect(String(answer)).toMatch(/^\\d+$/)
  expect('planted').toBe('red')
})
`

const commands = [
  { script: 'test', file: 'test/planted.test.ts' },
  { script: 'test:systems', file: 'test/systems/planted.test.ts' },
]

for (const { script, file } of commands) {
  writeFileSync(`${root}/${file}`, test)
  try {
    const run = spawnSync('npm', ['run', '--silent', script, '--', file], { cwd: root, encoding: 'utf8' })
    const printed = `${run.stdout}${run.stderr}`
    if (run.status === 0) throw new Error(`npm run ${script} exits with 0 although a test fails:\n${printed}`)
    if (!printed.includes("expected 'planted' to be 'red'")) {
      throw new Error(`npm run ${script} failed, but not at the planted test:\n${printed}`)
    }
    process.stdout.write(`caught: npm run ${script} exits with ${run.status} when a test fails\n`)
  } finally {
    rmSync(`${root}/${file}`, { force: true })
  }
}
