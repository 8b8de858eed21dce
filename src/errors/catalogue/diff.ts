import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW55xx: comparing datasets. */
export const diffErrors = {
  WW5501: {
    title: 'Datasets that cannot be compared so',
    cause: 'They have no column in common, or not the ones that the comparison names.',
    remedy: 'Correct --key, --ignore or --tolerance; `waterworks show` tells the columns there are.',
  },
  WW5502: {
    title: 'A key that tells no rows apart',
    cause: 'Several rows have the same key, so it is open which are to be compared with each other.',
    remedy: 'Name more columns with --key, or none: whole rows are compared then.',
  },
  WW5503: {
    title: 'Nothing to compare',
    cause: 'One of the two is no file, node or table that can be read.',
    remedy: 'Name a file, a node of the project, a table, or with a target before it: prod:fct_orders.',
  },
} as const satisfies Record<string, CatalogueEntry>
