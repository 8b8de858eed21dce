import type { Engine, Session } from '../../../src/engines/engine.ts'

/** What the parts of the contract share: one engine, and two sessions of it that stay open. */
export interface EngineUnderTest {
  readonly engine: Engine
  readonly session: Session
  readonly other: Session
}

/** The schema in which the contract makes its tables. */
export const SCHEMA = 'contract'
