import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions, parseVersion } from '../../src/packages/semver/version.ts'
import { highestIn, rangeOf } from '../../src/packages/semver/version-range.ts'

/** What dbt_common.semver chooses. */
const golden: readonly {
  readonly bounds: readonly string[]
  readonly available: readonly string[]
  readonly prerelease: boolean
  readonly installable?: readonly string[]
  readonly highest: string | null
}[] = JSON.parse(readFileSync(new URL('versions.json', import.meta.url), 'utf8'))

const version = (text: string) => parseVersion(text)!

describe('versions', () => {
  it('are chosen as dbt chooses them', () => {
    for (const { bounds, installable = [], highest } of golden) {
      const range = rangeOf(bounds.map(version))
      const chosen = range && highestIn(range, installable)
      expect([bounds, installable, chosen ?? null]).toEqual([bounds, installable, highest])
    }
  })

  it.each(['1.0', '1', 'v1.0.0', '~1.0.0', '1.0.0 ', '01.0.0', '', '>=1.0.0, <2.0.0'])(
    '%j is none',
    (text) => {
      expect(parseVersion(text)).toBeUndefined()
    },
  )

  it('are ordered like their numbers, releases after their pre-releases', () => {
    const part = fc.nat(20)
    const numbers = fc.tuple(part, part, part)
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const by = a.map((each, index) => each - b[index]!).find((each) => each !== 0) ?? 0
        expect(compareVersions(version(a.join('.')), version(b.join('.')))).toBe(Math.sign(by))
        expect(compareVersions(version(`${a.join('.')}-rc.1`), version(a.join('.')))).toBe(-1)
      }),
    )
  })
})
