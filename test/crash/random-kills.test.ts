import { describe, it } from 'vitest'
import { storm } from '../support/kill-storm.ts'
import { announcedSeed } from '../support/scratch/random.ts'
import { ScratchProject } from '../support/scratch-project.ts'

describe('builds killed at random moments while files arrive', () => {
  it('lose, double and tear nothing', async () => {
    await using project = await ScratchProject.create('duckdb', announcedSeed('random kills'))
    await storm(project, 5)
  })
})
