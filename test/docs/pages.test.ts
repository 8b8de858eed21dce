import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { commandTable } from '../../src/cli/command-table.ts'
import { parseFlags } from '../../src/cli/parse-flags.ts'

const docs = join(import.meta.dirname, '../../docs')

test.each(Object.keys(commandTable))('the examples of %s use flags that it has', async (name) => {
  const command = await commandTable[name]!.load()
  for (const { line } of command.examples) {
    // What is in quotes may hold signs of the shell.
    const parts = line.replace(/"(\$\([^)]*\))"/, '$1').match(/(?:"[^"]*"|'[^']*'|[^|&$()>"'])+/g) ?? []
    for (const part of parts.filter((each) => /waterworks \w/.test(each))) {
      const words = [...part.trim().matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
        ([, a, b, c]) => a ?? b ?? c ?? '',
      )
      const at = words.indexOf('waterworks')
      expect(Object.keys(commandTable)).toContain(words[at + 1])
      const meant = await commandTable[words[at + 1]!]!.load()
      expect(() => parseFlags(meant, words.slice(at + 2))).not.toThrow()
    }
  }
})

test('no link between pages leads nowhere', async () => {
  const root = join(docs, '..')
  const entries = await readdir(docs, { recursive: true })
  const pages = [
    ...entries.filter((path) => path.endsWith('.md')).map((path) => join('docs', path)),
    'README.md',
  ]
  const anchors = (page: string) =>
    [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    )
  const broken: string[] = []
  for (const path of pages) {
    const text = await readFile(join(root, path), 'utf8')
    for (const [, target = ''] of text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [file = '', anchor] = target.split('#')
      const place = file === '' ? join(root, path) : join(root, path, '..', file)
      const linked = await readFile(place, 'utf8').catch((error: { code?: string }) =>
        error.code === 'EISDIR' ? '' : undefined,
      )
      const found = linked !== undefined && (anchor === undefined || anchors(linked).includes(anchor))
      if (!found) broken.push(`${path}: ${relative(root, place)}${anchor === undefined ? '' : `#${anchor}`}`)
    }
  }
  expect(broken).toEqual([])
})
