/**
 * A test for a shell pattern over names, as Python's fnmatch has it: `*` any text, `?` one character, `[abc]` and
 * `[!abc]` one of (or none of) these. Case matters.
 */
export function wildcard(pattern: string): (text: string) => boolean {
  const regex = new RegExp(`^${translate(pattern, '.*', '.')}$`, 's')
  return (text) => regex.test(text)
}

/** The same for paths: `*` and `?` stop at a slash, `**` goes through folders, none included. */
export function pathWildcard(pattern: string): (path: string) => boolean {
  const parts = pattern.split('/')
  const source = parts.reduce((sofar, part, index) => {
    const last = index === parts.length - 1
    if (part === '**') return last ? `${sofar.replace(/\/$/, '')}(?:(?:^|/).*)?` : `${sofar}(?:[^/]+/)*`
    return `${sofar}${translate(part, '[^/]*', '[^/]')}${last ? '' : '/'}`
  }, '')
  const regex = new RegExp(`^${source}$`, 's')
  return (path) => regex.test(path)
}

export function hasWildcard(text: string): boolean {
  return /[*?[\]]/.test(text)
}

function translate(pattern: string, star: string, one: string): string {
  let source = ''
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]!
    if (c === '*') source += star
    else if (c === '?') source += one
    else if (c === '[') {
      const first = pattern[i + 1] === '!' ? i + 2 : i + 1
      // A bracket directly after the opening one stands for itself.
      const end = pattern.indexOf(']', first + 1)
      if (end < 0) {
        source += '\\['
        continue
      }
      source += characterClass(pattern.slice(first, end), first === i + 2)
      i = end
    } else source += literally(c)
  }
  return source
}

function characterClass(members: string, negated: boolean): string {
  const range = /^(.)-(.)$/s
  const parts = members.match(/.-.|./gs) ?? []
  const ok = parts.filter((part) => {
    const ends = range.exec(part)
    return !ends || ends[1]! <= ends[2]!
  })
  if (ok.length === 0) return negated ? '.' : '(?!)'
  const escaped = ok.map((part) => part.replace(/[\\\]^[]/g, '\\$&')).join('')
  return `[${negated ? '^' : ''}${escaped}]`
}

function literally(c: string): string {
  return c.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
