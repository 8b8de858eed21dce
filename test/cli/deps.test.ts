import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type HubServer, startHub } from '../packages/hub-server.ts'
import { waterworks } from './support/waterworks.ts'

let [root, project]: readonly string[] = []
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'waterworks-deps-'))
  project = join(root, 'project')
  write('project/dbt_project.yml', 'name: shop\n')
})
afterEach(() => rmSync(root!, { recursive: true }))

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root!, path)), { recursive: true })
  writeFileSync(join(root!, path), text)
}

const read = (path: string) => readFileSync(join(root!, path), 'utf8')
const installed = () => readdirSync(join(project!, 'dbt_packages')).sort()

function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main']
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], {
    cwd: join(root!, folder),
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return stdout.trim()
}

function repository(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) write(`${folder}/${path}`, text)
  git(folder, 'init', '--quiet')
  git(folder, 'add', '--all')
  git(folder, 'commit', '--quiet', '--message', 'First')
}

let hub: HubServer
beforeAll(async () => {
  hub = await startHub({
    'acme/tools': {
      '1.0.0': {},
      '1.1.0': {},
      '1.2.0-rc1': {},
      '2.0.0': { requires: ['>=9.0.0', '<10.0.0'] },
    },
    'acme/charts': {
      '0.1.0': { packages: [{ package: 'acme/tools', version: ['>=1.0.0', '<1.1.0'] }] },
      '0.2.0': { packages: [{ package: 'acme/tools', version: '1.1.0' }] },
    },
    'acme/hostile': { '1.0.0': { entries: [{ path: 'hostile/../../../escaped', content: 'x' }] } },
  })
})
afterAll(() => hub[Symbol.asyncDispose]())
afterEach(() => {
  hub.asked.length = 0
})

const deps = (...args: readonly string[]) =>
  waterworks(project!, ['deps', ...args], { env: { DBT_PACKAGE_HUB_URL: hub.address } })

describe('packages of the hub', () => {
  it('are the newest that all allow, with those that they ask for', async () => {
    write(
      'project/packages.yml',
      'packages:\n  - package: acme/charts\n    version: 0.1.0\n  - package: acme/tools\n    version: [">=1.0.0", "<3.0.0"]\n',
    )
    const { code, stdout, stderr } = await deps()
    expect([code, stdout]).toEqual([0, 'installed 2 packages into dbt_packages\n'])
    expect(stderr).toContain('installed tools (version 1.0.0, newest is 1.1.0)')
    expect(installed()).toEqual(['charts', 'tools'])
    expect(read('project/dbt_packages/tools/dbt_project.yml')).toContain('version: 1.0.0')
    expect(read('project/package-lock.yml').replace(/sha1_hash: .{40}/, 'sha1_hash: …')).toBe(
      'packages:\n  - name: charts\n    package: acme/charts\n    version: 0.1.0\n  - name: tools\n    package: acme/tools\n    version: 1.0.0\nsha1_hash: …\n',
    )
  })

  it('stay locked until the list changes or newer ones are asked for', async () => {
    write('project/packages.yml', 'packages:\n  - package: acme/tools\n    version: ">=1.0.0"\n')
    await deps('--lock')
    expect(existsSync(join(project!, 'dbt_packages'))).toBe(false)
    const lock = read('project/package-lock.yml')
    expect(lock).toContain('version: 1.1.0')
    write('project/package-lock.yml', lock.replace('1.1.0', '1.0.0'))
    await deps()
    expect(read('project/dbt_packages/tools/dbt_project.yml')).toContain('1.0.0')
    await deps('--upgrade')
    expect(read('project/dbt_packages/tools/dbt_project.yml')).toContain('1.1.0')
    write('project/packages.yml', 'packages:\n  - package: acme/tools\n    version: 1.0.0\n')
    await deps()
    expect(read('project/package-lock.yml')).toContain('version: 1.0.0')
  })

  it('may be pre-releases, or made for another dbt, when that is asked for', async () => {
    write(
      'project/packages.yml',
      'packages:\n  - package: acme/tools\n    version: [">=1.0.0", "<2.0.0"]\n    install_prerelease: true\n',
    )
    await deps('--lock')
    expect(read('project/package-lock.yml')).toContain('version: 1.2.0-rc1')
    write('project/packages.yml', 'packages:\n  - package: acme/tools\n    version: ">=1.0.0"\n')
    await deps('--lock', '--no-version-check')
    expect(read('project/package-lock.yml')).toContain('version: 2.0.0')
  })

  it.each([
    ['acme/tolls', '1.0.0', 'WW1606', 'Did you mean acme/tools?'],
    ['acme/tools', '3.0.0', 'WW1607', 'No version of acme/tools is in =3.0.0; there are 1.0.0, 1.1.0'],
    [
      'acme/tools',
      '[">1.0.0", "<1.0.0"]',
      'WW1604',
      'No version of acme/tools is what everyone asks for: >1.0.0, <1.0.0',
    ],
    ['acme/hostile', '1.0.0', 'WW1612', 'a path in it leads out of the package'],
  ])('that cannot be had are refused: %s %s', async (name, version, code, said) => {
    write('project/dbt_packages/kept/dbt_project.yml', 'name: kept\n')
    write('project/packages.yml', `packages:\n  - package: ${name}\n    version: ${version}\n`)
    const { code: status, stderr } = await deps()
    expect(status).toBe(2)
    expect(stderr).toContain(code)
    expect(stderr).toContain(said)
    expect(installed()).toEqual(['kept'])
    expect(existsSync(join(root!, 'escaped'))).toBe(false)
    expect(readdirSync(project!).sort()).not.toContain('dbt_packages.new')
  })

  it('are asked for again when the server stumbles', async () => {
    write('project/packages.yml', 'packages:\n  - package: acme/tools\n    version: 1.0.0\n')
    hub.stumble(503, 2)
    expect((await deps()).code).toBe(0)
    hub.stumble(503, 3)
    const { code, stderr } = await deps()
    expect([code, stderr]).toEqual([2, expect.stringContaining('WW1611')])
  })
})

describe('packages of repositories', () => {
  beforeEach(() => {
    repository('repo', {
      'dbt_project.yml': 'name: whole\n',
      'inner/dbt_project.yml': 'name: inner\n',
      'inner/packages.yml': 'packages:\n  - local: ../beside\n',
    })
    write('beside/dbt_project.yml', 'name: beside\n')
    git('repo', 'tag', 'v1')
    write('repo/more.sql', 'select 1')
    git('repo', 'add', '--all')
    git('repo', 'commit', '--quiet', '--message', 'Second')
  })
  const packages = (...entries: readonly string[]) =>
    write(
      'project/packages.yml',
      `packages:\n${entries.map((entry) => `  - git: "file://${root}/repo"\n${entry}`).join('')}`,
    )

  it.each(['v1', 'main', 'commit', 'short'])('come at a revision: %s', async (wanted) => {
    const first = git('repo', 'rev-parse', 'v1')
    const revisions: Readonly<Record<string, string>> = { commit: first, short: first.slice(0, 10) }
    packages(`    revision: "${revisions[wanted] ?? wanted}"\n    warn-unpinned: false\n`)
    const { code } = await deps()
    expect(code).toBe(0)
    expect(existsSync(join(project!, 'dbt_packages/whole/more.sql'))).toBe(wanted === 'main')
    expect(existsSync(join(project!, 'dbt_packages/whole/.git'))).toBe(false)
    const commit = wanted === 'main' ? git('repo', 'rev-parse', 'main') : first
    expect(read('project/package-lock.yml')).toContain(`revision: ${commit}`)
  })

  it('may lie in a folder, and ask for others; a branch that moves is warned of', async () => {
    packages('    subdirectory: inner\n')
    const { code, stderr } = await deps()
    expect(code).toBe(0)
    expect(stderr.match(/WW1605/g)).toHaveLength(1)
    expect(installed()).toEqual(['beside', 'inner'])
  })

  it('keep their secrets to themselves', async () => {
    write(
      'project/packages.yml',
      `packages:\n  - git: "file://{{ env_var('DBT_ENV_SECRET_AT') }}"\n    revision: v1\n`,
    )
    const env = { DBT_ENV_SECRET_AT: `${root}/repo` }
    expect((await waterworks(project!, ['deps'], { env })).code).toBe(0)
    expect(read('project/package-lock.yml')).toContain(`git: file://{{ env_var('DBT_ENV_SECRET_AT') }}`)
    const { code, stderr } = await waterworks(project!, ['deps', '--upgrade'], {
      env: { DBT_ENV_SECRET_AT: '/nowhere/hunter2' },
    })
    expect(code).toBe(2)
    expect(stderr).not.toContain('hunter2')
  })

  it.each([
    ['    revision: v9\n', 'WW1609', 'has no revision v9'],
    ['    revision: "--upload-pack=touch /tmp/x"\n', 'WW1609', 'cannot be a revision'],
    ['    revision: v1\n    subdirectory: ../..\n', 'WW1608', 'leads out of the package'],
    ['    revision: v1\n    subdirectory: absent\n', 'WW1608', 'has no folder absent'],
  ])('are refused: %j', async (entry, code, said) => {
    packages(entry)
    const { code: status, stderr } = await deps()
    expect(status).toBe(2)
    expect(stderr).toContain(code)
    expect(stderr).toContain(said)
  })

  it('may hold no link that leads out', async () => {
    symlinkSync('/etc', join(root!, 'repo/etc'))
    git('repo', 'add', '--all')
    git('repo', 'commit', '--quiet', '--message', 'Third')
    packages('    revision: main\n    warn-unpinned: false\n')
    const { code, stderr } = await deps()
    expect([code, stderr]).toEqual([2, expect.stringContaining('etc is a link that leads out of it')])
  })

  it('cannot be asked for in two revisions', async () => {
    packages('    revision: v1\n', '    revision: main\n')
    const { stderr } = await deps()
    expect(stderr).toContain('WW1604')
  })
})

describe('without a network', () => {
  const away = (...args: readonly string[]) =>
    waterworks(project!, ['deps', ...args], { env: { DBT_PACKAGE_HUB_URL: 'http://127.0.0.1:9/' } })

  it('what is installed is used as it is', async () => {
    write('project/packages.yml', 'packages:\n  - package: acme/tools\n    version: 1.0.0\n')
    await deps()
    const { code, stderr } = await away()
    expect(code).toBe(0)
    expect(stderr).toContain('WW1610')
    expect(stderr).toContain('What is in dbt_packages is used as it is')
    expect(installed()).toEqual(['tools'])
    expect((await away('--upgrade')).code).toBe(2)
  })

  it('what is missing is named', async () => {
    write('project/packages.yml', 'packages:\n  - package: acme/tools\n    version: 1.0.0\n')
    const { code, stderr } = await away()
    expect(code).toBe(2)
    expect(stderr).toContain('or copy tools into dbt_packages: what lies there is used.')
  })
})

describe('the list', () => {
  it('takes packages, and keeps what else stands in it', async () => {
    write(
      'project/packages.yml',
      '# ours\npackages:\n  - package: acme/tools # tools\n    version: 0.9.0\n  # more\n  - local: ../beside\nother: 1\n',
    )
    await deps('--lock', '--add-package', 'acme/tools@>=1.0.0,<2.0.0')
    expect(read('project/packages.yml')).toBe(
      '# ours\npackages:\n  - local: ../beside\n  - package: acme/tools\n    version: [">=1.0.0", "<2.0.0"]\nother: 1\n',
    )
  })

  it('begins with the first', async () => {
    await deps('--add-package', 'acme/tools@1.0.0')
    expect(read('project/packages.yml')).toBe('packages:\n  - package: acme/tools\n    version: 1.0.0\n')
    expect(installed()).toEqual(['tools'])
  })

  it('may be empty, or missing', async () => {
    expect((await deps()).stdout).toBe('packages.yml asks for no packages\n')
  })

  it('is one', async () => {
    write('project/packages.yml', 'packages: []\n')
    write('project/dependencies.yml', 'packages: []\n')
    expect((await deps()).stderr).toContain('packages.yml and dependencies.yml both list packages')
  })
})

describe('clean', () => {
  const clean = () => waterworks(project!, ['clean'])

  it('removes the target folder, or what is named', async () => {
    write('project/target/manifest.json', '{}')
    expect((await clean()).stdout).toBe('removed target\n')
    write('project/target/manifest.json', '{}')
    write('project/dbt_packages/a', '')
    write('project/dbt_project.yml', 'name: shop\nclean-targets: [target, dbt_packages, logs]\n')
    expect((await clean()).stdout).toBe('removed target\nremoved dbt_packages\n')
    expect((await clean()).stdout).toBe('nothing to remove\n')
  })

  it('says what it refuses', async () => {
    write('project/dbt_project.yml', 'name: shop\nclean-targets: [models]\n')
    const { code, stderr } = await clean()
    expect([code, stderr]).toEqual([2, expect.stringContaining('models is not cleaned: it holds models')])
  })
})
