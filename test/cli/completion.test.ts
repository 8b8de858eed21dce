import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keptCopyOfFixture, waterworks } from './support/waterworks.ts'

let shop: string

beforeAll(async () => {
  shop = await keptCopyOfFixture('shop')
})

afterAll(() => rm(shop, { recursive: true, force: true }))

async function completed(...words: string[]): Promise<readonly string[]> {
  const ran = await waterworks(shop, ['completion', '--words', ...words])
  expect(ran).toMatchObject({ code: 0, stderr: '' })
  return ran.stdout.split('\n').filter(Boolean)
}

describe('completion', () => {
  test.each([
    [['bui'], ['build']],
    [['help', 'qua'], ['quarantine']],
    [['quarantine', 're'], ['replay']],
    [['build', '--fail'], ['--fail-fast']],
    [['sql', '--format', 'm'], ['markdown']],
    [['show', 'fct'], ['fct_orders']],
    [['build', '--select', '2+fct'], ['2+fct_orders']],
    [['build', '--select', 'fct_orders', '+fct'], ['+fct_orders']],
    [['build', '--select', 'tag:'], ['tag:daily']],
    [['build', '--target', 'd'], ['dev']],
    [['build', '--threads', ''], []],
    [['show', '--project-dir', '.', 'fct'], ['fct_orders']],
    [['nonsense', ''], []],
    [['sql', '--file', ''], []],
  ])('%j may go on with %j', async (words, candidates) => {
    expect(await completed(...words)).toEqual(candidates)
  })

  test('offers every command, and none of the project where there is none', async () => {
    expect(await completed('')).toEqual(expect.arrayContaining(['init', 'build', 'completion', 'help']))
    const ran = await waterworks(tmpdir(), ['completion', '--words', 'show', ''])
    expect(ran).toMatchObject({ code: 0, stdout: '', stderr: '' })
  })

  test('asks for no secret', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'waterworks-completion-'))
    await writeFile(
      join(folder, 'waterworks.yml'),
      `name: shop\nsecrets: {command: [./vault]}\ntargets:\n  prod: {type: postgres, user: u, database: d, password: "\${secret:x}"}\n`,
    )
    await writeFile(join(folder, 'vault'), '#!/bin/sh\ntouch asked\necho x\n')
    await chmod(join(folder, 'vault'), 0o755)
    const ran = await waterworks(folder, ['completion', '--words', 'build', '--target', ''])
    expect(ran.stdout).toBe('prod\n')
    expect(await readdir(folder)).not.toContain('asked')
    await rm(folder, { recursive: true })
  })

  test('works in a real bash, also behind a colon', async () => {
    const { stdout: script } = await waterworks(shop, ['completion', 'bash'])
    const binary = join(import.meta.dirname, '../../bin/waterworks.js')
    const ask = (line: string, ...words: string[]) => `
waterworks() { ${JSON.stringify(process.execPath)} ${JSON.stringify(binary)} "$@"; }
COMP_LINE=${JSON.stringify(line)} COMP_POINT=${line.length}
COMP_WORDS=(${words.map((word) => JSON.stringify(word)).join(' ')}) COMP_CWORD=${words.length - 1}
_waterworks; printf '%s\\n' "\${COMPREPLY[@]}"`
    const run = async (line: string, ...words: string[]) =>
      (await promisify(execFile)('bash', ['-c', `${script}${ask(line, ...words)}`], { cwd: shop })).stdout
    expect(await run('waterworks show fct', 'waterworks', 'show', 'fct')).toBe('fct_orders\n')
    expect(await run('waterworks build -s tag:d', 'waterworks', 'build', '-s', 'tag', ':', 'd')).toBe(
      'daily\n',
    )
  })

  test('says which shells there are', async () => {
    const ran = await waterworks(shop, ['completion', 'tcsh'])
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('bash, zsh, fish') })
    for (const shell of ['zsh', 'fish']) {
      expect((await waterworks(shop, ['completion', shell])).stdout).toContain('completion --words')
    }
  })
})
