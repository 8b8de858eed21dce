import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EMPTY_LEDGER } from '../../src/ledger/ledger.ts'
import { announcedSeed } from '../support/scratch/random.ts'
import { tableHashes } from '../support/scratch/table-hashes.ts'
import { type BuildReport, ScratchProject } from '../support/scratch-project.ts'
import { verifyInvariants } from '../support/verify-invariants.ts'

describe.each(['duckdb', 'postgres'] as const)('everything twice on %s', (type) => {
  const seed = announcedSeed(`twice on ${type}`)
  let project: ScratchProject
  let first: Readonly<Record<string, string>>

  beforeAll(async () => {
    project = await ScratchProject.create(type, seed)
  })

  afterAll(async () => {
    await project[Symbol.asyncDispose]()
  })

  it('loads everything the first time', async () => {
    for (let round = 0; round < 3; round++) await project.deliveries.everything()
    const report = await project.build()
    expect(ledgersOf(report).map((ledger) => ledger.extracted > 0)).toEqual([true, true, true, true])
    first = await tableHashes(project)
  })

  it('gives the same tables, down to when and by which run they were loaded, and a ledger of nothing', async () => {
    const report = await project.build()
    expect(report.status).toBe('success')
    expect(ledgersOf(report)).toEqual(Array(4).fill(EMPTY_LEDGER))
    expect(await tableHashes(project)).toEqual(first)
    await verifyInvariants(project)
  })

  it('takes a copy of a file under another name for what it is', async () => {
    for (const stream of ['events', 'customers', 'stock'] as const) {
      const origin = project.deliveries.of(stream)[0]!.origin
      await copyFile(join(project.root, origin), join(project.root, origin.replace(/\d+(?=\.)/, 'again')))
    }
    const report = await project.build()
    expect(ledgersOf(report)).toEqual(Array(4).fill(EMPTY_LEDGER))
    expect(await tableHashes(project)).toEqual(first)
  })

  it('changes nothing when one pipeline alone is ingested again', async () => {
    const report = await project.report(['ingest', '--select', 'events'])
    expect(ledgersOf(report)).toEqual([EMPTY_LEDGER])
    expect(await tableHashes(project)).toEqual(first)
  })
})

function ledgersOf(report: BuildReport) {
  return report.nodes.flatMap((node) => (node.ledger === undefined ? [] : [node.ledger]))
}
