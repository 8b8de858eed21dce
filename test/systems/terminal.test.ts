import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { waterworks } from '../cli/support/waterworks.ts'

const BINARY = join(import.meta.dirname, '../../bin/waterworks.js')
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'waterworks-terminal-'))
  await writeFile(
    join(folder, 'people.csv'),
    `name,nick\n${Array.from({ length: 60 }, (_, i) => `n${i},k${i % 7}\n`).join('')}`,
  )
})

afterEach(() => rm(folder, { recursive: true, force: true }))

/** A command on a terminal of its own, by script(1) of util-linux. */
class Terminal {
  readonly #process: ChildProcess
  #shown = ''

  constructor(cwd: string, args: readonly string[]) {
    const command = [process.execPath, BINARY, ...args].map((word) => `'${word}'`).join(' ')
    const env = { ...process.env, TERM: 'xterm-256color', NO_COLOR: undefined, npm_execpath: undefined }
    this.#process = spawn('script', ['-qefc', command, '/dev/null'], { cwd, env })
    this.#process.stdout!.on('data', (chunk: Buffer) => {
      this.#shown += chunk.toString()
    })
  }

  /** Everything shown so far, without escape sequences. */
  get shown(): string {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is taken away
    return this.#shown.replace(/\u001B\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '')
  }

  get raw(): string {
    return this.#shown
  }

  async sees(pattern: RegExp): Promise<void> {
    await expect.poll(() => this.shown, { timeout: 30_000 }).toMatch(pattern)
  }

  type(keys: string): void {
    this.#process.stdin!.write(keys)
  }

  async ended(): Promise<number | null> {
    if (this.#process.exitCode === null) await once(this.#process, 'close')
    return this.#process.exitCode
  }
}

test('init asks a few questions, with answers proposed', async () => {
  const terminal = new Terminal(folder, ['init'])
  await terminal.sees(/Folder of the project \[\.\]: $/)
  terminal.type('crm\r')
  await terminal.sees(/Data files, folders or globs.*: $/)
  terminal.type('people.csv\r')
  await terminal.sees(/Name of the project \[crm\]: $/)
  terminal.type('\r')
  await terminal.sees(/What tells the rows of people apart\?\n {2}1 {2}name\n {2}2 {2}nothing does\n\[1\]: $/)
  terminal.type('7\r')
  await terminal.sees(/Answer with a number from 1 to 2\./)
  terminal.type('1\r')
  await terminal.sees(/Write 7 files to crm\? \[Y\/n\]: $/)
  terminal.type('y\r')
  expect(await terminal.ended()).toBe(0)
  expect(await readFile(join(folder, 'crm/pipelines/crm_people.yml'), 'utf8')).toContain('merge_keys: [name]')
  const built = await waterworks(join(folder, 'crm'), ['build', '--json'])
  expect(JSON.parse(built.stdout).status).toBe('success')
})

test('init that is not confirmed writes nothing', async () => {
  const terminal = new Terminal(folder, ['init', 'crm', '--files', 'people.csv'])
  await terminal.sees(/Name of the project/)
  terminal.type('\r')
  await terminal.sees(/What tells the rows/)
  terminal.type('\r')
  await terminal.sees(/Write 7 files/)
  terminal.type('n\r')
  expect(await terminal.ended()).toBe(0)
  await expect(readFile(join(folder, 'crm/waterworks.yml'))).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a build shows colours and progress, sql is a prompt, and Ctrl-C stops a query but not the prompt', async () => {
  await waterworks(folder, ['init', 'crm', '--files', 'people.csv', '--yes'])
  const project = join(folder, 'crm')
  const build = new Terminal(project, ['build'])
  expect(await build.ended()).toBe(0)
  expect(build.raw).toContain('\u001B[')
  expect(build.shown).toMatch(/[█░]+ \d of 2 nodes/)
  const plan = new Terminal(project, ['plan'])
  expect(await plan.ended()).toBe(0)
  expect(plan.raw).toContain('\u001B[2m')

  const sql = new Terminal(project, ['sql'])
  await sql.sees(/local> $/)
  sql.type('select count(*) as n\r')
  await sql.sees(/-> $/)
  sql.type('from stg_crm__peo')
  await sql.sees(/stg_crm__peo$/)
  sql.type('\t')
  await sql.sees(/stg_crm__people$/)
  sql.type(';\r')
  await sql.sees(/ n\n60\n\(1 row\)\n[\s\S]*local> $/)
  sql.type('select count(*) from range(1000000000000) as a(i), range(1000) as b(j) where i * j % 7 = 1;\r')
  await new Promise((resolve) => setTimeout(resolve, 500))
  sql.type('\u0003')
  await sql.sees(/WW7013[\s\S]*local> $/)
  sql.type('\\d\r')
  await sql.sees(/raw_crm_people[\s\S]*local> $/)
  sql.type('\u0004')
  expect(await sql.ended()).toBe(0)
})
