import { errorCatalogue } from '../../src/errors/catalogue.ts'
import type { CatalogueEntry } from '../../src/errors/catalogue-entry.ts'

const chapters: readonly (readonly [string, string])[] = [
  ['WW1', 'Project files'],
  ['WW2', 'Templates and SQL'],
  ['WW3', 'Engines and connections'],
  ['WW4', 'Reading and loading data'],
  ['WW5', 'Running and checks'],
  ['WW6', 'State and the owner of a warehouse'],
  ['WW7', 'The command line'],
  ['WW9', 'Internal'],
]

/** docs/errors.md: the catalogue, in the order of its codes. */
export function errorsPage(): string {
  const entries: readonly (readonly [string, CatalogueEntry])[] = Object.entries(errorCatalogue)
  const sections = chapters.map(([prefix, title]) => {
    const own = entries.filter(([code]) => code.startsWith(prefix)).toSorted(([a], [b]) => (a < b ? -1 : 1))
    const body = own.map(
      ([code, entry]) => `### ${code}: ${entry.title}\n\n${entry.cause}\n\n**What to do:** ${entry.remedy}\n`,
    )
    return `## ${title}\n\n${body.join('\n')}`
  })
  return `# Errors

Every error has a code that never changes its meaning. This page is generated from the catalogue in
\`src/errors/catalogue/\` by \`npm run docs\`.

${sections.join('\n')}`
}
