import type { Contract } from '../contract.ts'
import type { ContractDialect } from '../contract-dialect.ts'

/** A contract in another form, and what of it that form has no words for. */
export interface Exported {
  readonly text: string
  readonly lost: readonly string[]
}

/** Writes a contract in one form. `dialect` is that of the target, for forms that hold SQL. */
export type Exporter = (contract: Contract, dialect: ContractDialect) => Exported
