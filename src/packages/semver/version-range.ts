import { compareVersions, parseVersion, type Version } from './version.ts'

/** Bounds that a version must keep; an absent one is none. An exact version is both. */
export interface VersionRange {
  readonly start: Version | undefined
  readonly end: Version | undefined
}

/** The range that all bounds leave; undefined when they leave nothing. */
export function rangeOf(bounds: readonly Version[]): VersionRange | undefined {
  // dbt begins with the last one.
  const [first, ...others] = [...bounds.slice(-1), ...bounds.slice(0, -1)]
  if (first === undefined) return { start: undefined, end: undefined }
  return others.reduce<VersionRange | undefined>(
    (range, bound) => range && combined(range, rangeOfOne(bound)),
    rangeOfOne(first),
  )
}

/** The highest of the versions that lies in the range. */
export function highestIn(range: VersionRange, versions: readonly string[]): string | undefined {
  let highest: Version | undefined
  for (const text of versions) {
    const version = parseVersion(text)
    if (version === undefined) continue
    const bounds = [version, range.start, range.end].filter((bound) => bound !== undefined)
    if (rangeOf(bounds) === undefined) continue
    if (highest === undefined || compareVersions(highest, version) < 0) highest = version
  }
  return highest?.text
}

/** A range as people read it. */
export function printRange({ start, end }: VersionRange): string {
  const bounds = start === end ? [start] : [start, end]
  const written = bounds.flatMap((bound) => (bound ? [`${bound.matcher}${bound.text}`] : []))
  return written.join(', ') || 'any version'
}

function rangeOfOne(bound: Version): VersionRange {
  if (bound.matcher === '=') return { start: bound, end: bound }
  return bound.matcher.startsWith('>') ? { start: bound, end: undefined } : { start: undefined, end: bound }
}

function combined(a: VersionRange, b: VersionRange): VersionRange | undefined {
  if (a.start?.matcher === '=' && b.start?.matcher === '=') {
    return compareVersions(a.start, b.start) === 0 ? a : undefined
  }
  const start = tighter(a.start, b.start, 1)
  const end = tighter(a.end, b.end, -1)
  if (start === 'none' || end === 'none') return undefined
  if (start && end && compareVersions(start, end) > 0) return undefined
  return { start, end }
}

/** The bound that leaves less: the higher of two lower ones (`side` 1), the lower of two upper ones (-1). */
function tighter(a: Version | undefined, b: Version | undefined, side: 1 | -1): Version | undefined | 'none' {
  if (a === undefined || b === undefined) return a ?? b
  if (a.matcher !== '=' && b.matcher !== '=') return compareVersions(a, b) * side < 0 ? b : a
  const [exact, bound] = a.matcher === '=' ? [a, b] : [b, a]
  const difference = compareVersions(bound, exact) * side
  return difference < 0 || (difference === 0 && bound.matcher.endsWith('=')) ? exact : 'none'
}
