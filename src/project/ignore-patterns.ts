/** Whether a path, relative to the folder of the patterns and with `/` between folders, is to be passed over. */
export type Ignores = (path: string) => boolean

interface Rule {
  readonly pattern: RegExp
  /** Whether what matches is taken in again. */
  readonly takesIn: boolean
}

/** What a file of patterns as git's says, of which the last that matches a path decides. https://git-scm.com/docs/gitignore */
export function ignorePatterns(text: string): Ignores {
  const rules = text.split(/\r\n|[\n\r]/).flatMap(ruleOf)
  if (rules.length === 0) return () => false
  return (path) => rules.findLast(({ pattern }) => pattern.test(path))?.takesIn === false
}

function ruleOf(line: string): readonly Rule[] {
  const written = line.replace(/(?<!\\)\s+$/, '')
  if (written === '' || written.startsWith('#')) return []
  const takesIn = written.startsWith('!')
  const glob = takesIn ? written.slice(1) : written
  const isFolder = glob.endsWith('/')
  const inner = glob.replace(/^\/|\/$/g, '')
  if (inner === '') return []
  // A slash within it ties a pattern to the folder of the patterns; without, it is meant at any depth.
  const anchored = glob.replace(/\/$/, '').includes('/')
  const start = anchored ? '^' : '^(?:.*/)?'
  // What is in a folder that matches matches as well.
  const end = isFolder ? '/' : '(?:/|$)'
  return [{ pattern: new RegExp(`${start}${expression(inner)}${end}`, 'u'), takesIn }]
}

/** A pattern's parts: what may stand for several folders, for characters of one name, and characters themselves. */
const part = /\*\*\/|\/\*\*$|\*+|\?|\[(?:[!^])?\]?[^\]]*\]|\\.|[^*?[\\/]+|[\s\S]/gu

function expression(glob: string): string {
  return Array.from(glob.matchAll(part), ([found]) => {
    if (found === '**/') return '(?:.*/)?'
    if (found === '/**') return '/.*'
    if (/^\*+$/.test(found)) return '[^/]*'
    if (found === '?') return '[^/]'
    if (found.startsWith('[') && found.length > 1) {
      const [, not = '', characters = ''] = /^\[([!^])?([\s\S]*)\]$/u.exec(found) ?? []
      return `[${not && '^'}${characters.replace(/[\\\][&|~^]/g, '\\$&')}]`
    }
    return escaped(found.length === 2 && found.startsWith('\\') ? found.slice(1) : found)
  }).join('')
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
