import { expect } from 'vitest'
import type { FailPointName } from '../../src/fail-point/fail-point.ts'
import { AMOUNT_GATE, eventsPipeline } from './scratch/shop-project.ts'
import type { ScratchProject } from './scratch-project.ts'
import { verifyConsistency, verifyInvariants } from './verify-invariants.ts'

export const FAIL_POINTS: readonly FailPointName[] = [
  'after-landing-rename',
  'before-position',
  'before-commit',
  'after-commit',
  'during-checkpoint',
  'during-quarantine',
  'during-replay',
]

/** The ways back after a kill: building everything, or only what the killed run had not done. */
export type Recovery = 'build' | 'retry'

const REPLAY = ['quarantine', 'replay', '--reason', AMOUNT_GATE]

/**
 * Kills commands at one point `kills` times in a row, each at another passage of it, with files arriving before each,
 * and looks at the warehouse after every kill. Then recovers, and verifies that nothing shows of it.
 */
export async function drill(
  project: ScratchProject,
  point: FailPointName,
  kills: number,
  recovery: Recovery,
): Promise<void> {
  if (point === 'during-replay') await beforeReplay(project)
  for (let kill = 0; kill < kills; kill++) {
    await project.deliveries.everything()
    if (point === 'during-quarantine') await project.deliveries.withRejects()
    const trap = `${point}:kill@${(kill % passages(point)) + 1}`
    const ended = await project.run(point === 'during-replay' ? REPLAY : ['build'], trap)
    expect(ended.signal, `${trap} was passed\n${ended.stdout}\n${ended.stderr}`).toBe('SIGKILL')
    await verifyConsistency(project)
  }
  await recover(project, point, recovery)
  await verifyInvariants(project)
}

/** How often a point is passed at least when one file arrives for each of the four streams. */
function passages(point: FailPointName): number {
  if (point === 'during-replay') return 2
  return point === 'during-checkpoint' || point === 'during-quarantine' ? 1 : 4
}

/** Rows in quarantine that no gate holds back any more. */
async function beforeReplay(project: ScratchProject): Promise<void> {
  await project.write('pipelines/events.yml', eventsPipeline(true))
  await project.deliveries.everything()
  await project.deliveries.withRejects()
  await project.build()
  await project.write('pipelines/events.yml', eventsPipeline(false))
}

async function recover(project: ScratchProject, point: FailPointName, recovery: Recovery): Promise<void> {
  if (point === 'during-replay') {
    await project.report(REPLAY)
    const { quarantine, tables } = await verifyConsistency(project)
    const gated = new Set(
      project.deliveries
        .of('events')
        .flatMap((each) =>
          each.records.filter((record) => record.fate === 'gated').map((record) => record.token),
        ),
    )
    const open = quarantine.filter((row) => row.isOpen && gated.has(row.token))
    expect(open, 'what was replayed is no longer in quarantine').toEqual([])
    expect(tables['raw.raw_shop_events']?.length).toBeGreaterThan(0)
    // Files came meanwhile, and the models over the replayed rows are older than them.
    await project.build()
    return
  }
  if (recovery === 'retry' && point !== 'during-checkpoint') {
    await project.report(['retry'])
    return
  }
  await project.deliveries.something()
  await project.build()
}
