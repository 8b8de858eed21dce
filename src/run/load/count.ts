import type { Executor } from '../../engines/engine.ts'

/** The number of rows of a FROM clause and what follows it. */
export async function count(executor: Executor, from: string): Promise<number> {
  const [row] = await executor.rows(`select count(*) as n ${from}`)
  return Number(row?.['n'] ?? 0)
}
