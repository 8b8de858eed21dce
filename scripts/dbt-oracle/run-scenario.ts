import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { duckDbWarehouse } from './fixture-warehouse.ts'
import type { DbtProgram } from './invocation.ts'
import { type Outcome, readOutcome } from './outcome.ts'
import { readScenario } from './scenario.ts'

const TARGET = 'target'

/** Runs the steps of a fixture's scenario on a copy of it, and reads what each leaves. */
export async function runScenario(
  program: DbtProgram,
  fixture: string,
  warehouse = duckDbWarehouse,
): Promise<readonly Outcome[]> {
  const { steps, volatile } = readScenario(fixture)
  const since = new Date()
  const root = mkdtempSync(join(tmpdir(), 'waterworks-fixture-'))
  // One name for every copy: it may be seen in what is compared.
  const folder = join(root, 'project')
  try {
    cpSync(fixture, folder, { recursive: true })
    rmSync(join(folder, 'scenario.yml'))
    if (!existsSync(join(folder, 'profiles.yml')))
      writeFileSync(join(folder, 'profiles.yml'), warehouse.profiles)
    await warehouse.renew()
    const outcomes: Outcome[] = []
    for (const { run, write, env, keep } of steps) {
      for (const [path, text] of Object.entries(write)) {
        const place = join(folder, path)
        mkdirSync(dirname(place), { recursive: true })
        if (text === null) rmSync(place)
        else writeFileSync(place, text)
      }
      // What a command does not write must not seem to be its own.
      rmSync(join(folder, TARGET), { recursive: true, force: true })
      const ended = await program.run({ args: run, cwd: folder, env })
      const tables = await warehouse.read(folder, { volatile, since })
      outcomes.push(readOutcome(ended, join(folder, TARGET), tables))
      if (keep !== undefined) cpSync(join(folder, TARGET), join(folder, keep), { recursive: true })
    }
    return outcomes
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}
