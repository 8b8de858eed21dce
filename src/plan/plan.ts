import type { ChangeClass } from '../drift/change-class.ts'
import type { RealChange } from '../drift/column-change.ts'
import type { ChangeEffect } from '../drift/effect-of-change.ts'
import type { CheckNode, Node, UnitTestNode } from '../graph/node.ts'
import type { TaskNode } from './task-node.ts'

export type Reason =
  /** Never built on this target. */
  | 'new node'
  /** Its fingerprint differs from that of its last success. */
  | 'new code'
  /** Its source, or a parent that is to run, brings new data. */
  | 'new data'
  /** Its schedule says so. */
  | 'due'
  /** It failed, was skipped or was cut off in the run that is being retried. */
  | 'retry'
  /** Nothing is new; it was selected. */
  | 'asked for'

/** One unit of work: a node, with the checks that gate it. */
export interface Task {
  readonly node: TaskNode
  /** Checks that run with this task, in its transaction. */
  readonly gates: readonly CheckNode[]
  /** Tasks and checks (by their node's unique id) that must succeed first. */
  readonly after: readonly string[]
  readonly reason: Reason
  /** The reason in a sentence: what is new, which parent. */
  readonly because: string
  /** Full names of the relations it will write. */
  readonly writes: readonly string[]
  /** Columns of its sources that are other than when they were loaded; absent where nothing was compared. */
  readonly drift?: readonly PlannedChange[]
}

/** A column that is another at the source, and what loading will do about it. */
export interface PlannedChange {
  readonly stream: string
  readonly relation: string
  readonly change: RealChange
  readonly class: ChangeClass
  /** How many rows it concerns, where that is known. */
  readonly rows: number | undefined
  readonly effect: ChangeEffect
}

/** A node whose last result stands: a table that is kept, or a check whose answer is known. */
export interface Reused {
  readonly node: TaskNode | CheckNode | UnitTestNode
  /** In a sentence. */
  readonly because: string
}

/** Checks that gate nothing: they run on what is published. */
export interface CheckTask {
  readonly check: CheckNode
  readonly after: readonly string[]
}

/** A unit test, which needs what its model reads to be there, for the types of its columns. */
export interface UnitTestTask {
  readonly test: UnitTestNode
  readonly after: readonly string[]
}

export interface NoOp {
  /** Of a node, or of a saved query, which is none. */
  readonly id: string
  readonly after: readonly string[]
}

/** What to do, in an order that respects every edge. The same inputs always give the same plan. */
export interface Plan {
  readonly target: string
  readonly tasks: readonly Task[]
  readonly checks: readonly CheckTask[]
  /** Models judged with rows of their tests' own, before they are built. */
  readonly unitTests: readonly UnitTestTask[]
  /** What takes its turn and has nothing done to it: exposures, saved queries, and with `publish: immediately` ephemeral models. */
  readonly noOps: readonly NoOp[]
  /** What is not done because nothing is new; empty unless reuse was asked for. */
  readonly reused: readonly Reused[]
  readonly selected: readonly Node[]
}
