import { expect, it } from 'vitest'
import { socketPath } from '../../src/owner/socket-path.ts'
import { buildVersion, deliverVersion, versionedProject } from '../support/scratch/versioned-project.ts'
import { ScratchProject } from '../support/scratch-project.ts'
import { judge, publishVersions, QUERIES, readsOf } from './publish-drill.ts'
import { startReader } from './start-reader.ts'

it('readers through the owner of a DuckDB file see only whole versions that passed', async () => {
  await using project = await ScratchProject.create('duckdb', 1, versionedProject)
  await deliverVersion(project, 2)
  await buildVersion(project, 2, 0)
  const order = { via: 'owner', socket: socketPath(project.root), queries: QUERIES } as const
  const reader = await startReader(order)
  const passed = await publishVersions(project, 1)
  const observed = await reader.stop()
  judge(observed, QUERIES, [2, ...passed])
  expect(readsOf(observed)).toBeGreaterThan(60)
})
