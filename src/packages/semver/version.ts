export type Matcher = '=' | '>' | '>=' | '<' | '<='

/** A version, or a bound that versions are held against. */
export interface Version {
  readonly matcher: Matcher
  /** Major, minor and patch. */
  readonly numbers: readonly [number, number, number]
  readonly prerelease: string | undefined
  /** As it was written, without the matcher. */
  readonly text: string
}

const number = '(0|[1-9]\\d*)'
const word = '(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)'
// The form that dbt takes (dbt_common/semver.py): a pre-release may stand right after the numbers, as in 1.0.0rc1.
const form = new RegExp(
  `^(>=|>|<=|<|=)?${number}\\.${number}\\.${number}(?:-?(${word}(?:\\.${word})*))?(?:\\+[0-9A-Za-z-]*(?:\\.[0-9A-Za-z-]*)*)?$`,
)

/** Reads `1.2.3`, `>=1.2.3`, `<2.0.0-rc.1`; undefined for what is no version. */
export function parseVersion(written: string): Version | undefined {
  const match = form.exec(written)
  if (!match) return undefined
  const [, matcher = '=', major, minor, patch, prerelease] = match
  return {
    matcher: matcher as Matcher,
    numbers: [Number(major), Number(minor), Number(patch)],
    prerelease,
    text: written.slice(match[1]?.length ?? 0),
  }
}

/**
 * Below zero when a is before b. Of bounds on the same version, dbt's rule: what it excludes lies inside of it. A release held as
 * "less than" lies before its own pre-releases, so that these are excluded with it.
 */
export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < 3; index++) {
    const difference = a.numbers[index]! - b.numbers[index]!
    if (difference !== 0) return Math.sign(difference)
  }
  if (a.prerelease !== b.prerelease) {
    if (a.prerelease === undefined) return a.matcher === '<' ? -1 : 1
    if (b.prerelease === undefined) return -1
    const difference = comparePrereleases(a.prerelease, b.prerelease)
    if (difference !== 0) return difference
  }
  return compareBounds(a.matcher, b.matcher)
}

function comparePrereleases(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')]
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = compareParts(left[index]!, right[index]!)
    if (difference !== 0) return difference
  }
  return Math.sign(a.length - b.length)
}

/** Numbers come before words. */
function compareParts(a: string, b: string): number {
  const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (left && right) return Math.sign(Number(a) - Number(b))
  if (left !== right) return left ? -1 : 1
  return a < b ? -1 : Number(a > b)
}

function compareBounds(a: Matcher, b: Matcher): number {
  if (a === b || (a === '>=' && b === '<=') || (a === '<=' && b === '>=')) return 0
  const [upperA, upperB] = [a.startsWith('<'), b.startsWith('<')]
  const [lowerA, lowerB] = [a.startsWith('>'), b.startsWith('>')]
  if ((a === '<' && b === '<=') || (b === '>' && a === '>=') || (upperA && lowerB)) return -1
  if ((b === '<' && a === '<=') || (a === '>' && b === '>=') || (lowerA && upperB)) return 1
  return 0
}
