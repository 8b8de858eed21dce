import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Observed, observed, type PollOrder } from './poll-protocol.ts'

/** Starts a polling reader in a process of its own; `stop` tells what each of its connections saw. */
export async function startReader(order: PollOrder): Promise<{ stop(): Promise<readonly Observed[]> }> {
  const script = fileURLToPath(new URL('./polling-reader.ts', import.meta.url))
  const child = spawn(process.execPath, [script, JSON.stringify(order)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const ready = await lines.next()
  if (ready.value !== 'ready') throw new Error('the polling reader did not start')
  return {
    async stop() {
      const ended = once(child, 'close')
      child.stdin.end()
      const line = await lines.next()
      await ended
      return z.array(observed).parse(JSON.parse(String(line.value)))
    },
  }
}
