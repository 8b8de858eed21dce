import { afterAll, beforeAll, describe } from 'vitest'
import type { Engine } from '../../src/engines/engine.ts'
import { batchContract } from './batch-contract.ts'
import { dialectContract } from './engine/dialect-contract.ts'
import { type EngineUnderTest, SCHEMA } from './engine/engine-under-test.ts'
import { loadContract } from './engine/load-contract.ts'
import { queryContract } from './engine/query-contract.ts'
import { replaceContract } from './engine/replace-contract.ts'
import { streamContract } from './engine/stream-contract.ts'
import { targetContract } from './engine/target-contract.ts'
import { transactionContract } from './engine/transaction-contract.ts'

export interface EngineFactory {
  /** An engine over a new, empty database. */
  create(): Promise<{ readonly engine: Engine; close(): Promise<void> }>
}

/** Everything that the Engine, Session, Executor and Dialect interfaces promise, tried on a real engine. */
export function engineContract(name: string, factory: EngineFactory): void {
  describe(`${name} as an engine`, () => {
    let made: { readonly engine: Engine; close(): Promise<void> } | undefined
    let under: EngineUnderTest | undefined

    beforeAll(async () => {
      made = await factory.create()
      await made.engine.prepareTarget([SCHEMA])
      under = {
        engine: made.engine,
        session: await made.engine.connect(),
        other: await made.engine.connect(),
      }
    })

    afterAll(async () => {
      await under?.session.close()
      await under?.other.close()
      await made?.close()
    })

    const get = (): EngineUnderTest => {
      if (under === undefined) throw new Error('the engine did not start')
      return under
    }
    queryContract(get)
    streamContract(get)
    transactionContract(get)
    replaceContract(get)
    loadContract(get)
    batchContract(get)
    dialectContract(get)
    targetContract(get)
  })
}
