import { afterAll, beforeAll, describe, it } from 'vitest'
import { drill, FAIL_POINTS } from '../support/crash-drill.ts'
import { announcedSeed } from '../support/scratch/random.ts'
import { ScratchProject } from '../support/scratch-project.ts'

describe('a command killed at a fail point', () => {
  const seed = announcedSeed('fail points')
  let project: ScratchProject

  beforeAll(async () => {
    project = await ScratchProject.create('duckdb', seed)
  })

  afterAll(async () => {
    await project[Symbol.asyncDispose]()
  })

  it.each(
    FAIL_POINTS.map((point, index) => ({ point, recovery: (['retry', 'build'] as const)[index % 2]! })),
  )('does no harm $point, and $recovery recovers', async ({ point, recovery }) =>
    // Between the two passages of a replay half of it is committed.
    drill(project, point, point === 'during-replay' ? 2 : 1, recovery),
  )
})
