import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW18xx: data contracts. */
export const contractErrors = {
  WW1801: {
    title: 'A contract stands twice',
    cause: 'Two files under contracts/ are contracts of the same name.',
    remedy: 'Keep one of them, or give them names of their own.',
  },
  WW1802: {
    title: 'A version of the contract standard that is not read',
    cause: 'apiVersion names a version of the Open Data Contract Standard that is not known here.',
    remedy: 'Write apiVersion: v3.1.0, or one of the versions that the message names.',
  },
  WW1803: {
    title: 'A rule of a contract is not checked',
    cause:
      'The rule is in words, of another tool, or names what cannot be measured here. It stays part of the contract and holds nothing back.',
    remedy: 'Write it as a metric of the standard or as a query, where it is to be checked.',
  },
} as const satisfies Record<string, CatalogueEntry>
