import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { preparePython } from '../python-program.ts'

export const CDK_PACKAGES = ['airbyte-cdk==7.39.1']

export interface CdkRequest {
  readonly manifest: unknown
  readonly config: unknown
  readonly stream: string
  readonly state: unknown
}

const answer = z.object({
  records: z.array(z.record(z.string(), z.unknown())),
  state: z.record(z.string(), z.unknown()).nullable(),
  error: z.string().nullable(),
})

export type CdkAnswer = z.infer<typeof answer>

/** airbyte-cdk from PyPI, imported once, to compare with. */
export class RealCdk {
  readonly #server: ChildProcessByStdio<Writable, Readable, null>
  readonly #answers: AsyncIterator<string>

  private constructor(python: string, script: string) {
    this.#server = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#answers = createInterface({ input: this.#server.stdout })[Symbol.asyncIterator]()
  }

  /** Installs what is needed, once. Undefined where PyPI cannot be reached; `report` is told so. */
  static start(report: (reason: string) => void): RealCdk | undefined {
    const script = fileURLToPath(new URL('./serve-cdk.py', import.meta.url))
    const program = preparePython({ script, packages: CDK_PACKAGES }, report)
    return program && new RealCdk(program.python, script)
  }

  async read(request: CdkRequest): Promise<CdkAnswer> {
    this.#server.stdin.write(`${JSON.stringify(request)}\n`)
    const line = await this.#answers.next()
    if (line.done === true) throw new Error(`the CDK's process ended at ${request.stream}`)
    return answer.parse(JSON.parse(line.value))
  }

  close(): void {
    this.#server.stdin.end()
  }
}
