import type { Invocation } from '../../command.ts'
import { readContractFiles } from '../../compose/read-contract-files.ts'
import { openWorkspace } from '../../compose/workspace.ts'
import { sayAmount } from '../../say-number.ts'

/** Reads contracts and says all that is wrong with them: of files by themselves, of a project's also whether they fit its datasets. */
export async function validateContracts(invocation: Invocation, files: readonly string[]): Promise<number> {
  const { output } = invocation
  const contracts =
    files.length > 0
      ? files.flatMap((file) => [...readContractFiles(file, process.cwd()).values()])
      : (await openWorkspace(invocation, { compiles: false })).project.contracts
  output.print(`${output.paint.success('ok')}: ${sayAmount(contracts.length, 'contract')}`)
  output.json({
    status: 'ok',
    contracts: contracts.map(({ name, version, form, origin }) => ({
      name,
      version,
      form,
      path: origin.file,
    })),
  })
  return 0
}
