import type { Contract } from '../../../src/contracts/contract.ts'
import type { Diagnostic } from '../../../src/errors/diagnostics.ts'
import { Intake } from '../../../src/project/intake.ts'
import { readContract } from '../../../src/project/read/contracts/read-contract.ts'

export interface Read {
  readonly contract: Contract | undefined
  readonly problems: readonly Diagnostic[]
  /** `code line:column message`, errors and warnings. */
  readonly said: readonly string[]
}

/** A contract's text as a project would read it. */
export function read(text: string, path = 'contracts/orders.yml'): Read {
  const intake = new Intake()
  const contract = readContract({ path, text }, intake)
  const problems = intake.diagnostics.all()
  const said = problems.map(
    ({ error: { code, message, location } }) => `${code} ${location?.line}:${location?.column} ${message}`,
  )
  return { contract, problems, said }
}
