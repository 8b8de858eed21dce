import { expect, it } from 'vitest'
import { ScratchProject } from '../support/scratch-project.ts'

it('fails every pipeline whose files never came, however it loads', async () => {
  await using project = await ScratchProject.create('duckdb', 1)
  const report = await project.build(1)
  const pipelines = report.nodes.filter((node) => node.unique_id.startsWith('pipeline.'))
  expect(pipelines.map((node) => [node.unique_id, node.status, node.message.slice(0, 6)])).toEqual(
    ['customers', 'events', 'prices', 'stock'].map((name) => [`pipeline.shop.${name}`, 'failed', 'WW4001']),
  )
})
