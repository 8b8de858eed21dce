/** What of an outcome is compared; each is agreed on by itself. */
export const ASPECTS = [
  'exit code',
  'results',
  'messages',
  'order',
  'tables',
  'compiled code',
  'manifest',
  'sources',
  'catalog',
  'printed lines',
] as const

export type Aspect = (typeof ASPECTS)[number]

/** One thing that is not as dbt has it. */
export interface Difference {
  readonly aspect: Aspect
  /** The node, table or place in a document. */
  readonly where: string
  readonly expected: unknown
  readonly got: unknown
}
