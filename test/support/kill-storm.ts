import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import type { Ended, WaterworksProcess } from './scratch/waterworks-process.ts'
import type { ScratchProject } from './scratch-project.ts'
import { verifyConsistency, verifyInvariants } from './verify-invariants.ts'

/** Kills in a row before the project is left alone to recover. */
const BETWEEN_RECOVERIES = 5

/**
 * Kills builds and retries at random moments until `kills` of them were hit, while files keep arriving; looks at the
 * warehouse after each, lets a build recover now and then, and verifies that nothing is lost, doubled or torn.
 */
export async function storm(project: ScratchProject, kills: number): Promise<void> {
  await project.deliveries.everything()
  const started = performance.now()
  await project.build()
  const usual = performance.now() - started
  for (let killed = 0; killed < kills; ) {
    const command = project.random.chance(0.3) ? 'retry' : 'build'
    const running = project.start([command])
    const [ended] = await Promise.all([
      killWithin(running, project.random.fraction() * usual),
      keepDelivering(project, running),
    ])
    await verifyConsistency(project)
    if (ended.signal !== 'SIGKILL') {
      expectOrderlyEnd(command, ended)
      continue
    }
    killed += 1
    if (killed % BETWEEN_RECOVERIES === 0 || killed === kills) {
      await project.build()
      await verifyInvariants(project)
    }
  }
}

async function killWithin(running: WaterworksProcess, milliseconds: number): Promise<Ended> {
  await Promise.race([sleep(milliseconds), running.ended])
  running.kill()
  return running.ended
}

async function keepDelivering(project: ScratchProject, running: WaterworksProcess): Promise<void> {
  while (running.isRunning) {
    await project.deliveries.something()
    await Promise.race([sleep(project.random.between(20, 200)), running.ended])
  }
}

/** A process that was quicker than its killer did its work, or had none: there is nothing to retry after a success. */
function expectOrderlyEnd(command: string, { exitCode, stdout, stderr }: Ended): void {
  const idle = command === 'retry' && stderr.includes('WW5005')
  expect(idle ? 0 : exitCode, `${command}\n${stdout}\n${stderr}`).toBe(0)
}
