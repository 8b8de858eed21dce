import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openSqlShell } from '../../src/cli/sql-shell.ts'
import { DuckDbEngine } from '../../src/engines/duckdb/duckdb-engine.ts'
import { SessionReader } from '../../src/owner/session-reader.ts'
import { Screen, testOutput } from './support/screen.ts'

let folder: string
let engine: DuckDbEngine

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waterworks-shell-'))
  engine = new DuckDbEngine({ path: ':memory:' })
  const session = await engine.connect()
  await session.execute('create table passengers as select 1 as passenger_id, 2 as bags')
  await session.close()
})

afterEach(async () => {
  await engine.close()
  await rm(folder, { recursive: true })
})

async function type(lines: readonly string[], terminal = false) {
  const { output, out, err } = testOutput()
  const input = new PassThrough()
  const screen = new Screen(terminal)
  const shell = openSqlShell({
    prompt: 'dev',
    input,
    output,
    screen,
    history: join(folder, 'history'),
    secrets: ['hunter2'],
    format: 'csv',
    limit: undefined,
    terminal,
    async read(work) {
      const reader = await SessionReader.open(engine)
      try {
        return await work(reader)
      } finally {
        await reader.close()
      }
    },
  })
  for (const line of lines) {
    input.write(line)
    // Keys are handled one stretch at a time, as they are when a person types.
    if (terminal) await sleep(150)
  }
  input.end()
  await shell
  return { printed: out.written, errors: err.written, screen: screen.written }
}

describe('the prompt for SQL', () => {
  test('runs statements over several lines, several on one, and one that its end cuts off', async () => {
    const { printed } = await type([
      'select bags\n',
      "  , ';' as text from passengers;\n",
      'select 1 as a; select 2 as b;\n',
      'select 3 as c\n',
    ])
    expect(printed).toBe('bags,text\r\n2,;\r\na\r\n1\r\nb\r\n2\r\nc\r\n3\r\n')
  })

  test('shows errors and goes on, and refuses what writes', async () => {
    const { printed, errors } = await type([
      'select nothing;\n',
      'drop table passengers;\n',
      'select count(*) as n from passengers;\n',
    ])
    expect(errors).toMatch(/WW3001/)
    expect(errors).toMatch(/WW6011/)
    expect(printed).toBe('n\r\n1\r\n')
  })

  test('tells tables and columns', async () => {
    expect((await type(['\\d\n', '\\d passengers\n'])).printed).toBe(
      'schema,name,kind\r\nmain,passengers,base table\r\ncolumn,type\r\npassenger_id,INTEGER\r\nbags,INTEGER\r\n',
    )
  })

  test('stops a query at Ctrl-C and goes on', async () => {
    const endless =
      'select count(*) from range(1000000000000) as a(i), range(1000) as b(j) where i * j % 7 = 1;'
    const { printed, errors } = await type(
      [endless, '\r', '\u0003', 'select 2 as two;', '\r', '\u0004'],
      true,
    )
    expect(errors).toContain('WW7013')
    expect(printed).toBe('two\r\n2\r\n')
  })

  test('keeps no secret', async () => {
    await type(["select 'hunter2' as x;", '\r', '\u0004'], true)
    expect(await readFile(join(folder, 'history'), 'utf8')).toBe("select '***' as x;\n")
  })

  test('leaves at \\q', async () => {
    expect((await type(['\\q\n', 'select 1;\n'])).printed).toBe('')
  })

  test('completes names, and keeps what was typed for next time, for the user only', async () => {
    const { printed } = await type(['select passenger_', '\t', ' from passengers;', '\r', '\u0004'], true)
    expect(printed).toBe('passenger_id\r\n1\r\n')
    const history = join(folder, 'history')
    expect(await readFile(history, 'utf8')).toBe('select passenger_id from passengers;\n')
    expect((await stat(history)).mode & 0o777).toBe(0o600)
    const again = await type(['\u001B[A', '\r', '\u0004'], true)
    expect(again.printed).toBe('passenger_id\r\n1\r\n')
  })
})
