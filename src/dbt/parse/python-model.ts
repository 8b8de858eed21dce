import type { PackageFile } from '../../project/package.ts'
import type { Reference } from '../reference.ts'
import type { TemplateReading } from './template-reader.ts'

const call = /\bdbt\.(ref|source)\(\s*(?:'([^']*)'|"([^"]*)")\s*(?:,\s*(?:'([^']*)'|"([^"]*)")\s*)?\)/g

/** What a model in Python reads from, as far as its calls have literal arguments. Such models are listed and not run. */
export function readPythonModel({ text }: PackageFile): TemplateReading {
  const uses = [...text.matchAll(call)].flatMap(([, kind, a, b, c, d]): Reference[] => {
    const [first, second] = [a ?? b ?? '', c ?? d]
    if (kind === 'source')
      return second === undefined ? [] : [{ kind: 'source', source: first, table: second }]
    return second === undefined
      ? [{ kind: 'ref', package: undefined, model: first }]
      : [{ kind: 'ref', package: first, model: second }]
  })
  return { uses, metrics: [], config: {}, macros: [] }
}
