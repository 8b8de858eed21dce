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
  WW1804: {
    title: 'A contract is about nothing in the project',
    cause:
      'No model, seed, snapshot or source has the name that an object of a contract has, so that nothing can be checked of it.',
    remedy: 'Write the name of the table as "physicalName", or bring what makes it into the project.',
  },
  WW1805: {
    title: 'A contract may be about several datasets',
    cause: 'More than one table of the project has the name that an object of a contract has.',
    remedy: 'Write the schema before it in "physicalName", or give a server of the contract its schema.',
  },
  WW1806: {
    title: 'A rule of a contract cannot be run',
    cause:
      'Queries of contracts may only read: one SELECT over objects of the same contract, by functions that have no effects. Or the rule does not say what it needs.',
    remedy:
      'Write the query over {object} and the other objects of the contract, or write it as a test of the project.',
  },
} as const satisfies Record<string, CatalogueEntry>
