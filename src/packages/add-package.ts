import { WaterworksError } from '../errors/waterworks-error.ts'
import { isMapping } from '../project/yaml/is-mapping.ts'
import { parseYaml } from '../project/yaml/parse-yaml.ts'
import { scalar } from './lock-file.ts'

export type AddedFrom = 'hub' | 'git' | 'local'

/**
 * The text of packages.yml (or dependencies.yml) with a package added, or exchanged where it is listed already. `written` is
 * `<name>@<version>`; a local package needs no version. All else stays as it is, comments included. Throws WW1601 for a name without a
 * version, and for a file whose list is not one entry a line.
 */
export function addPackage(text: string, file: string, written: string, from: AddedFrom): string {
  const at = written.lastIndexOf('@')
  const [name, version] = at > 0 ? [written.slice(0, at), written.slice(at + 1)] : [written, '']
  if (name === '' || (version === '' && from !== 'local')) {
    throw new WaterworksError('WW1601', {
      message: `${written} is no package to add.`,
      hint: 'Write <name>@<version>, such as dbt-labs/dbt_utils@1.3.0.',
    })
  }
  const entry = entryOf(name, version, from)
  const lines = text.split('\n')
  const start = lines.findIndex((line) => /^packages:\s*(?:\[\s*\]\s*)?(?:#.*)?$/.test(line))
  if (start < 0) {
    if (listed(text, file).length > 0 || /^packages:/m.test(text)) {
      throw new WaterworksError('WW1601', {
        message: `${file} lists its packages in a form that no entry can be added to.`,
        hint: 'Write one entry a line, each after a dash.',
      })
    }
    return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}packages:\n${indented(entry, '  ')}`
  }
  lines[start] = lines[start]!.replace(/\[\s*\]/, '').trimEnd()
  const entries = entriesBelow(lines, start)
  const indent = entries[0]?.indent ?? '  '
  const packages = listed(text, file)
  const kept = entries.filter((_, index) => !names(packages[index], name))
  const end = entries.at(-1)?.end ?? start + 1
  const between = kept.flatMap(({ start: first, end: last }) => lines.slice(first, last))
  return [
    ...lines.slice(0, entries[0]?.start ?? start + 1),
    ...between,
    ...indented(entry, indent).trimEnd().split('\n'),
    ...lines.slice(end),
  ].join('\n')
}

function entryOf(name: string, version: string, from: AddedFrom): readonly (readonly [string, string])[] {
  const bounds = version.split(',').map((bound) => bound.trim())
  const text = bounds.length > 1 ? `[${bounds.map((bound) => `"${bound}"`).join(', ')}]` : scalar(version)
  const versioned = version === '' ? [] : [[from === 'git' ? 'revision' : 'version', text] as const]
  return [[from === 'hub' ? 'package' : from, scalar(name)], ...(from === 'local' ? [] : versioned)]
}

function indented(entry: readonly (readonly [string, string])[], indent: string): string {
  return entry
    .map(([key, value], index) => `${indent}${index === 0 ? '- ' : '  '}${key}: ${value}\n`)
    .join('')
}

/** Where the entries of the list begin and end, comments and blank lines after an entry being the next one's. */
function entriesBelow(lines: readonly string[], start: number) {
  const entries: { start: number; end: number; readonly indent: string }[] = []
  for (let index = start + 1; index < lines.length; index++) {
    const line = lines[index]!
    const dash = /^(\s*)- /.exec(line)
    const indent = entries[0]?.indent ?? dash?.[1]
    if (dash && indent !== undefined && dash[1] === indent) {
      entries.push({ start: index, end: index + 1, indent })
    } else if (/^\s*(#|$)/.test(line)) continue
    else if (/^\s/.test(line) && entries.length > 0) entries.at(-1)!.end = index + 1
    else break
  }
  return entries
}

function listed(text: string, file: string): readonly unknown[] {
  const document = parseYaml(text, file, 'pyyaml')
  const packages = isMapping(document) ? document['packages'] : undefined
  return Array.isArray(packages) ? packages : []
}

/** Whether an entry is the same package, be it of the hub or a repository, with - or _ in its name. */
function names(entry: unknown, name: string): boolean {
  if (!isMapping(entry)) return false
  const address = ['package', 'git', 'local', 'tarball'].map((key) => entry[key]).find(Boolean)
  if (typeof address !== 'string') return false
  const plain = (text: string) =>
    text
      .replace(/\.git$/, '')
      .replaceAll('-', '_')
      .split('/')
  const [own, other] = [plain(name), plain(address)]
  return own.at(-1) === other.at(-1) || own.join('/') === other.join('/')
}
