import { describe, expect, it } from 'vitest'
import { printLock, scalar } from '../../src/packages/lock-file.ts'
import { lockHash } from '../../src/packages/lock-hash.ts'
import { parsePackages } from '../../src/packages/parse-packages.ts'
import { parseYaml } from '../../src/project/yaml/parse-yaml.ts'

/** As rendering would. */
const render = (text: string) => text.replace("{{ 'a' }}", 'a')

const parse = (yaml: string) =>
  parsePackages(parseYaml(yaml, 'packages.yml', 'pyyaml'), 'packages.yml', render)

describe('the hash of what is asked for', () => {
  // What _create_sha1_hash of dbt 1.10 gives.
  it.each([
    [
      'package: dbt-labs/dbt_utils\n    version: [">=1.0.0", "<2.0.0"]',
      'dd1e1feb2d2bbce79e7a255cd309a60e6548df0b',
    ],
    [
      'package: dbt-labs/codegen\n    version: 0.12.1\n    install_prerelease: true',
      'efaa0f1cc078372d4a251c2aa01dd9da1c0da0ff',
    ],
    ['package: x/y\n    version: 1.1', '72c51207557cd6c3aafd2a02139d2404507f9efe'],
    ['git: https://example.org/b.git', '8e31ca1552a255cdd1501717957891664f164b13'],
    ['local: ../é', 'f34fd9f28a23f5a337439aab676354df238b917a'],
    ['tarball: https://example.org/t.tar.gz\n    name: tea', '544778350f405844223e7d0e2f6b211f77c319eb'],
  ])('of %s is dbt’s', (entry, hash) => {
    expect(lockHash(parse(`packages:\n  - ${entry}\n`))).toBe(hash)
  })

  it('is the same in any order', () => {
    const [a, b] = ['  - local: a\n', '  - local: b\n']
    expect(lockHash(parse(`packages:\n${a}${b}`))).toBe(lockHash(parse(`packages:\n${b}${a}`)))
  })
})

describe('package-lock.yml', () => {
  it('is written as dbt writes it', () => {
    const text = printLock(
      [
        { kind: 'hub', name: 'dbt_utils', package: 'dbt-labs/dbt_utils', version: '1.3.0', newest: '1.3.1' },
        {
          kind: 'git',
          name: 'tools',
          git: 'https://token@example.org/tools.git',
          written: "https://{{ env_var('TOKEN') }}@example.org/tools.git",
          revision: '1'.repeat(40),
          subdirectory: 'sub',
        },
        { kind: 'tarball', name: 'tea', tarball: 'x', written: 'https://example.org/t.tar.gz' },
        { kind: 'local', name: 'helpers', local: '../helpers' },
      ],
      'abc',
    )
    expect(text).toMatchInlineSnapshot(`
      "packages:
        - name: dbt_utils
          package: dbt-labs/dbt_utils
          version: 1.3.0
        - git: https://{{ env_var('TOKEN') }}@example.org/tools.git
          name: tools
          revision: '1111111111111111111111111111111111111111'
          subdirectory: sub
        - name: tea
          tarball: https://example.org/t.tar.gz
        - local: ../helpers
          name: helpers
      sha1_hash: abc
      "
    `)
  })

  it.each(['yes', '1.0', '1e5', '- a', 'a: b', "it's", '', '# a', '{{ x }}', '012', 'null', '1:30'])(
    'keeps %j a text',
    (text) => {
      expect(parseYaml(`a: ${scalar(text)}`, 'x', 'pyyaml')).toEqual({ a: text })
    },
  )
})

describe('a list of packages', () => {
  it.each([
    ['packages: {}', 'packages.yml: "packages" is no list.'],
    ['[]', 'packages.yml: it is no mapping.'],
    [
      'packages: [{pacakge: a/b}]',
      'packages.yml: packages[0]: it has none of the keys local, tarball, git, package.',
    ],
    ['packages: [{package: a/b}]', 'packages.yml: packages[0]: "version" is missing.'],
    [
      'packages: [{package: dbt_utils, version: 1.0.0}]',
      'packages.yml: packages[0]: "package" is <namespace>/<name>, such as dbt-labs/dbt_utils.',
    ],
    ['packages: [{tarball: x}]', 'packages.yml: packages[0]: "name" is missing.'],
    ['packages: [{local: ""}]', 'packages.yml: packages[0]: "local" is empty.'],
    ['packages: [{git: x, branch: y}]', 'packages.yml: packages[0]: Unrecognized key: "branch".'],
    [
      'packages: [{private: a/b}]',
      'packages.yml: packages[0]: packages of dbt’s own platform ("private") cannot be installed.',
    ],
  ])('%s is refused', (yaml, message) => {
    expect(() => parse(yaml)).toThrow(message)
  })
})
