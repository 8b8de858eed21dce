import type { Dialect } from '../engines/dialect.ts'

/** What contracts need of a dialect: names, literals, types and the few conditions that engines write differently. */
export type ContractDialect = Pick<
  Dialect,
  'relation' | 'identifier' | 'literal' | 'typeName' | 'hoursAgo' | 'matches'
>
