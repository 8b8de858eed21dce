import type { Contract } from '../../../contracts/contract.ts'
import { freeze } from '../../freeze.ts'
import type { Intake } from '../../intake.ts'
import type { TextFile } from '../../project-files.ts'
import { readContract } from './read-contract.ts'

/** The contracts of a project, in the order of their files; what is wrong in them, and names that stand twice (WW1801), is noted. */
export function readContracts(files: readonly TextFile[], intake: Intake): readonly Contract[] {
  const contracts = files.flatMap((file) => readContract(file, intake) ?? [])
  const first = new Map<string, Contract>()
  for (const contract of contracts) {
    const other = first.get(contract.name)
    if (other === undefined) first.set(contract.name, contract)
    else {
      const { file } = contract.origin
      const key = contract.form === 'short' ? ['contract', 'name'] : [...nameKey(contract)]
      intake.error(
        'WW1801',
        { file, path: key },
        {
          message: `the contract "${contract.name}" stands in ${other.origin.file} as well`,
          hint: 'A version replaces the one before it: keep one file per contract.',
        },
      )
    }
  }
  return freeze([...first.values()])
}

function nameKey({ form, name, id }: Contract): readonly string[] {
  if (form === 'odcs-2.2') return ['datasetName']
  return [name === id ? 'id' : 'name']
}
