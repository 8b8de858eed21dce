import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW13xx: selections of nodes, and the earlier runs that they compare with. */
export const selectionErrors = {
  WW1301: {
    title: 'Unknown selector',
    cause: 'A selection uses a method, or a value of one, that does not exist.',
    remedy: 'docs/selection.md has the methods and their values.',
  },
  WW1302: {
    title: 'A selection cannot be read',
    cause: 'A term of --select or --exclude is empty or contradicts itself.',
    remedy: 'A term is [@][n+][method:]value[+n].',
  },
  WW1303: {
    title: 'A selection matches nothing',
    cause: 'No node of the project has the name, tag or path.',
    remedy: 'Check the spelling; `waterworks ls` shows all nodes.',
  },
  WW1304: {
    title: 'There is no earlier run to compare with',
    cause:
      'A selection by `state:`, `result:` or `source_status:`, or --defer, needs artefacts of an earlier run, and none were given.',
    remedy:
      'Keep the target folder of a run (manifest.json, run_results.json, sources.json) and name it with --state.',
  },
  WW1305: {
    title: 'An artefact of an earlier run cannot be read',
    cause: 'The file is damaged, is another document, or has a version that is not supported.',
    remedy:
      'Name a folder with artefacts as dbt 1.0 or later or this platform writes them: manifest versions 4 to 12.',
  },
  WW1306: {
    title: 'The contract of a model breaks',
    cause:
      'Compared with an earlier run, a model with an enforced contract lost columns or constraints, changed types, or is gone.',
    remedy: 'Keep what others rely on, and make the change in a new version of the model.',
  },
  WW1308: {
    title: 'Unknown selector of selectors.yml',
    cause: 'A selector is named that selectors.yml does not have, or that means itself.',
    remedy: 'Check the spelling, and the references between selectors.',
  },
  WW1309: {
    title: 'selectors.yml cannot be read',
    cause: 'A selector has another form than a text, a method and its value, a union or an intersection.',
    remedy: 'docs/selection.md shows the forms.',
  },
} as const satisfies Record<string, CatalogueEntry>
