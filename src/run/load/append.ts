import { insertedOnly } from './counts.ts'
import { insertStatement, type Strategy } from './strategy.ts'

/** Adds every row. */
export const append: Strategy = async (input) =>
  insertedOnly(await input.executor.execute(insertStatement(input)))
