import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { suiteEngine, testEngines } from '../support/engines.ts'
import { RunProject } from '../support/run-project.ts'

const golden = (name: string) => readFileSync(join(import.meta.dirname, '../formats/goldens', name))

const pipeline = (files: string, load = 'append') => `pipeline:
  name: orders
  extract: {source_system: shop, files: ${files}}
  load: {strategy: ${load}}
  error_handling: {strategy: dead-letter}
`

describe.each(Object.keys(testEngines))('files that are decoded record by record on %s', (name) => {
  const test = suiteEngine(name)

  it.each([
    ['orders.avro', golden('deflate.avro'), '[{path: "in/*.avro"}]', 3, 0],
    ['orders.orc', golden('orc-zstd.orc'), '[{path: "in/*.orc"}]', 60, 0],
    ['orders.xlsx', golden('orders.xlsx'), '[{path: "in/*.xlsx"}]', 3, 3],
    [
      'orders.pb',
      golden('bad.pb'),
      '[{path: "in/*.pb", format: protobuf, descriptor: shop.desc, message: shop.Order}]',
      2,
      4,
    ],
    ['orders.xml', '<a><r><v>1</v></r><r><v>2</v></r></a>', '[{path: "in/*.xml"}]', 2, 0],
    ['orders.yaml', '- {v: 1}\n- 2\n', '[{path: "in/*.yaml"}]', 1, 1],
    ['orders.pdf', golden('documents/plain.pdf'), '[{path: "in/*.pdf", by_page: true}]', 3, 0],
    ['orders.pdf', golden('documents/locked.pdf'), '[{path: "in/*.pdf"}]', 0, 1],
    ['orders.log', 'no log\n', '[{path: "in/*.log", format: syslog}]', 0, 1],
  ])('%s is loaded whole, and once', async (file, content, files, inserted, rejected) => {
    const project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': pipeline(files),
      'shop.desc': golden('shop.desc'),
      [`in/${file}`]: content,
    })
    const ran = await project.build()
    expect(ran.node('orders').ledger).toMatchObject({ extracted: inserted + rejected, inserted, rejected })
    expect(await project.rows('select count(*) as n from raw.raw_shop_orders')).toMatchObject([
      { n: inserted },
    ])
    expect((await project.build()).node('orders').ledger).toMatchObject({ extracted: 0 })
  })

  it('have their place and texts in the quarantine', async () => {
    const project = await RunProject.create(test.engine, {
      'pipelines/orders.yml': pipeline('[{path: "in/*.yaml", columns: {v: bigint}}]'),
      'in/orders.yaml': '- {v: 1, w: {x: 1.50}}\n- {v: soon, w: [a]}\n---\n- {v: 3\n',
    })
    expect((await project.build()).node('orders').ledger).toMatchObject({ inserted: 1, rejected: 2 })
    expect(
      await project.rows('select record, line, reason, payload from _waterworks.quarantine order by record'),
    ).toMatchObject([
      {
        record: 2,
        line: 2,
        reason: 'column v: cannot be read as bigint',
        payload: '{"v":"soon","w":"[\\"a\\"]"}',
      },
      { record: 3, line: 3, reason: expect.stringMatching(/^not YAML at line \d+$/) },
    ])
  })
})
