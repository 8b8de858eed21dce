import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

// `npm test` has just run the suites as the source is.
it('every broken promise turns a suite red', async () => {
  const script = fileURLToPath(new URL('../../scripts/check-mutations.ts', import.meta.url))
  const child = spawn(process.execPath, [script, '--known-green'], { stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')])
  process.stdout.write(out)
  expect(child.exitCode, `${out}\n${err}`).toBe(0)
})
