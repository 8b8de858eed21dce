import { afterAll, beforeAll, describe, it } from 'vitest'
import { drill, FAIL_POINTS } from '../support/crash-drill.ts'
import { storm } from '../support/kill-storm.ts'
import { announcedSeed } from '../support/scratch/random.ts'
import { ScratchProject } from '../support/scratch-project.ts'

// 2 engines × (7 fail points × 5 drills × 2 kills + 45 random kills) = 230 kills.
const DRILLS = [1, 2, 3, 4, 5]
const RANDOM_KILLS = 45

describe.each(['duckdb', 'postgres'] as const)('kills on %s', (type) => {
  const seed = announcedSeed(`crash on ${type}`)
  let project: ScratchProject

  beforeAll(async () => {
    project = await ScratchProject.create(type, seed)
  })

  afterAll(async () => {
    await project[Symbol.asyncDispose]()
  })

  for (const point of FAIL_POINTS) {
    it(`do no harm at ${point}`, async () => {
      for (const number of DRILLS) await drill(project, point, 2, number % 2 === 0 ? 'build' : 'retry')
    })
  }

  it('do no harm at random moments', async () => {
    await using own = await ScratchProject.create(type, seed)
    await storm(own, RANDOM_KILLS)
  })
})
