/** `node source/change.ts [--days N]`: lets days pass in the shop's database, which must be running. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs, parseEnv } from 'node:util'
import pg from 'pg'

const { values } = parseArgs({ options: { days: { type: 'string', default: '1' } } })
const env = parseEnv(readFileSync(join(import.meta.dirname, '..', '.env'), 'utf8'))
const client = new pg.Client({ connectionString: env['SHOP_DB_URL'] })
await client.connect()
for (let day = 0; day < Number(values.days); day++) {
  await client.query('begin')
  await client.query(`select set_config('shop.seed', $1, true)`, [env['SHOP_SEED']])
  await client.query(readFileSync(join(import.meta.dirname, 'change.sql'), 'utf8'))
  await client.query('commit')
}
const { rows } = await client.query('select day::text from shop.clock')
console.log(`It is ${rows[0].day} in the shop.`)
await client.end()
