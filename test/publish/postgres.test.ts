import { expect, it } from 'vitest'
import { buildVersion, deliverVersion, versionedProject } from '../support/scratch/versioned-project.ts'
import { ScratchProject } from '../support/scratch-project.ts'
import { judge, publishVersions, QUERIES, readsOf } from './publish-drill.ts'
import { startReader } from './start-reader.ts'

it('readers of Postgres, also through views of their own, see only whole versions that passed', async () => {
  await using project = await ScratchProject.create('postgres', 1, versionedProject)
  const { target } = project
  if (target.type !== 'postgres') throw new Error('not on Postgres')
  await deliverVersion(project, 2)
  await buildVersion(project, 2, 0)
  await project.withWarehouse(async (warehouse) => {
    await warehouse.execute('create view public.own_price_list as select * from analytics.price_list')
    await warehouse.execute('create view public.own_prices as select * from raw.raw_shop_prices')
  })
  const own = QUERIES.filter(([name]) => name === 'prices' || name === 'price_list').map(
    ([name, sql]) => [`own_${name}`, sql.replace(/from \S+$/, `from public.own_${name}`)] as const,
  )
  const queries = [...QUERIES, ...own]
  const reader = await startReader({ via: 'postgres', server: target, queries })
  const passed = await publishVersions(project, 1)
  const observed = await reader.stop()
  judge(observed, queries, [2, ...passed])
  expect(readsOf(observed)).toBeGreaterThan(500)
})
