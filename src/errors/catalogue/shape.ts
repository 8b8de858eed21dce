import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW445x: what can go wrong as names and nested values become columns and tables. */
export const shapeErrors = {
  WW4451: {
    title: 'Two names of a source would be one column',
    cause:
      'Names become columns by `load.names`, nested ones with `__` between their levels, and names of more than 63 bytes are shortened. Two different names of the source come to the same column so, or to columns that the warehouse takes for one; the second may have come with a later file.',
    remedy:
      'Have one of them renamed at the source, or load with `names: as_found`; of nested values keep one as it is, by `nested: {paths: {…: json}}`. They are never merged.',
  },
  WW4452: {
    title: 'Nested values would become too many columns or tables',
    cause:
      'Objects whose keys are data (ids, days) would become a column for each key: more than 1,000 in one table, or more than 200 tables of lists.',
    remedy: 'Keep them as JSON: `nested: {as: tables, paths: {the.path: json}}`.',
  },
  WW4453: {
    title: 'Lists cannot follow rows that stages make of others',
    cause:
      'Lists become tables of their own, and a stage makes several rows of one that arrived, or one of several: nobody can tell whose lists they are then.',
    remedy:
      'Leave the lists as JSON, by `nested: columns`, or take those stages out and do their work in a model over the tables.',
  },
} as const satisfies Record<string, CatalogueEntry>
