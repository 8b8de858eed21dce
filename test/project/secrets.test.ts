import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { ProjectErrors } from '../../src/errors/project-errors.ts'
import { readEnvironment } from '../../src/project/environment/read-environment.ts'
import { type LoadOptions, loadProject } from '../../src/project/load-project.ts'
import type { Project } from '../../src/project/project.ts'

const folders: string[] = []

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })))
})

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'waterworks-secrets-'))
  folders.push(root)
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return root
}

async function problems(files: Readonly<Record<string, string>>, options: LoadOptions = {}) {
  const error: unknown = await loadProject(await folderOf(files), { env: {}, ...options }).catch(
    (caught: unknown) => caught,
  )
  if (!(error instanceof ProjectErrors)) throw new Error('the project was read')
  return error.diagnostics.map(({ error: { code, message, hint } }) => ({ code, message, hint }))
}

function target(password: string, more = ''): string {
  return `name: shop\ntargets:\n  prod: {type: postgres, user: shop, database: shop, password: "${password}"}\n${more}`
}

function passwordOf({ targets }: Project, name = 'prod'): string | undefined {
  const found = targets[name]
  return found?.type === 'postgres' ? found.password : undefined
}

/** A program that prints a secret for a name, and notes each call. */
const VAULT = `#!/bin/sh
echo "$@" >> calls
case "$1" in empty) ;; broken) echo hunter2 >&2; exit 3;; *) echo "secret of $1";; esac
`

async function withVault(waterworks: string): Promise<string> {
  const root = await folderOf({ 'waterworks.yml': waterworks, vault: VAULT })
  await chmod(join(root, 'vault'), 0o755)
  return root
}

describe('a .env file of the project', () => {
  it('gives variables, which those of the process override', async () => {
    const root = await folderOf({ '.env': 'A=from the file\nB=from the file\n' })
    expect(readEnvironment(root, { B: 'from outside', C: '' })).toEqual({
      A: 'from the file',
      B: 'from outside',
      C: '',
    })
  })

  it('is read when no variables are given', async () => {
    const root = await folderOf({
      'waterworks.yml': target(`\${SHOP_SECRET_FOR_TEST}`),
      '.env': 'SHOP_SECRET_FOR_TEST="s3cret #1"\n',
    })
    const project = await loadProject(root)
    expect(passwordOf(project)).toBe('s3cret #1')
    expect(project.secrets).toEqual(['s3cret #1'])
  })
})

describe('a secret file', () => {
  it('gives its text without the last line break', async () => {
    const root = await folderOf({
      'waterworks.yml': target(`\${file:run/password}`),
      'run/password': 'a b\n\n',
    })
    const project = await loadProject(root, { env: {} })
    expect(passwordOf(project)).toBe('a b\n')
    expect(project.secrets).toContain('a b\n')
  })

  it('that is not there is an error with its name, unless there is a default', async () => {
    expect(await problems({ 'waterworks.yml': target(`\${file:/run/secrets/nothing}`) })).toEqual([
      { code: 'WW1042', message: 'the secret file /run/secrets/nothing cannot be read (ENOENT)' },
    ])
    const root = await folderOf({ 'waterworks.yml': target(`\${file:/run/secrets/nothing:-}`) })
    expect(passwordOf(await loadProject(root, { env: {} }))).toBe('')
  })
})

describe('a secret reference', () => {
  const command = 'secrets: {command: [./vault]}\n'

  it('is what the command prints, asked once, and only for the target that is used', async () => {
    const root = await withVault(
      `${target(`\${secret:db}`, command)}
  other: {type: postgres, user: shop, database: shop, password: "\${secret:other}"}
default_target: prod
`
        .replace(`${command}\n  other`, '  other')
        .concat(command),
    )
    const project = await loadProject(root, { env: { PATH: process.env['PATH'] } })
    expect(passwordOf(project)).toBe('secret of db')
    expect(Object.keys(project.targets)).toEqual(['prod'])
    const all = await loadProject(root, { env: { PATH: process.env['PATH'] }, target: '*' })
    expect(passwordOf(all, 'other')).toBe('secret of other')
    expect(all.secrets).toEqual(['secret of db', 'secret of other'])
  })

  it('may have its name anywhere among the arguments', async () => {
    const root = await withVault(target(`\${secret:db}`, 'secrets: {command: [./vault, "kv/{name}", -q]}\n'))
    expect(passwordOf(await loadProject(root, { env: {} }))).toBe('secret of kv/db')
  })

  it.each([
    ['broken', './vault ended with 3'],
    ['empty', './vault printed nothing'],
  ])('that fails (%s) says so without what was printed', async (name, says) => {
    const root = await withVault(target(`\${secret:${name}}`, command))
    const error: unknown = await loadProject(root, { env: {} }).catch((caught: unknown) => caught)
    if (!(error instanceof ProjectErrors)) throw new Error('the project was read')
    const [only] = error.diagnostics
    expect(only?.error.code).toBe('WW1042')
    expect(only?.error.message).toContain(says)
    expect(`${only?.error.message} ${only?.error.hint}`).not.toContain('hunter2')
  })

  it('without a command, or with one that is not there, says what to do', async () => {
    const [none] = await problems({ 'waterworks.yml': target(`\${secret:db}`) })
    expect(none).toMatchObject({ code: 'WW1042', hint: expect.stringContaining('secrets: {command:') })
    const [missing] = await problems({
      'waterworks.yml': target(`\${secret:db}`, 'secrets: {command: [./no-such-program]}\n'),
    })
    expect(missing?.message).toContain('./no-such-program cannot be started (ENOENT)')
  })
})

describe('a secret in plain text', () => {
  it.each([
    ['a password', target('hunter2'), '"password" is written out in plain text'],
    ['a default', target(`\${DB_PASSWORD:-hunter2}`), '"password" has a default in plain text'],
    [
      'an address of a connection',
      'name: shop\nconnections: {shop: {type: postgres, url: "postgres://shop:hunter2@db/shop"}}\n',
      'the address in "url" holds a password',
    ],
    [
      'an address anywhere else',
      'name: shop\nvars: {feed: "https://me:hunter2@example.org/feed"}\n',
      'the address holds a password in plain text',
    ],
  ])('%s is refused', async (_what, text, message) => {
    expect(await problems({ 'waterworks.yml': text })).toMatchObject([{ code: 'WW1011', message }])
  })

  it('is taken where the file says that it may stand there', async () => {
    const text = target('hunter2').replace('{type', '{allow_plaintext_password: true, type')
    const project = await loadProject(await folderOf({ 'waterworks.yml': text }), { env: {} })
    expect(passwordOf(project)).toBe('hunter2')
    expect(project.secrets).toEqual(['hunter2'])
  })

  it('that is also the name of the user hides nothing, and is not masked everywhere', async () => {
    const root = await folderOf({ 'waterworks.yml': target(`\${P}`) })
    expect((await loadProject(root, { env: { P: 'shop' } })).secrets).toEqual([])
  })
})
