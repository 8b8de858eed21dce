import { exporters } from '../../../contracts/export/exporters.ts'
import { suggest } from '../../../errors/suggest.ts'
import { WaterworksError } from '../../../errors/waterworks-error.ts'
import type { Invocation } from '../../command.ts'
import { openProject } from '../../compose/workspace.ts'

/** Prints a contract of the project in another form; what that form has no words for is said beside it. */
export async function exportContract(invocation: Invocation, [name]: readonly string[]): Promise<number> {
  const { output, flags } = invocation
  const to = flags.text('to')
  const exporter = to !== undefined && Object.hasOwn(exporters, to) ? exporters[to] : undefined
  if (exporter === undefined) {
    const near = to === undefined ? undefined : suggest(to, Object.keys(exporters))
    throw new WaterworksError('WW7001', {
      message: `--to takes ${Object.keys(exporters).join(', ')}${to === undefined ? '' : `, not ${to}`}`,
      hint: near ? `Did you mean "${near}"?` : undefined,
    })
  }
  const { project, dialect } = await openProject(invocation)
  const contract = project.contracts.find((each) => each.name === name)
  if (contract === undefined) {
    const names = project.contracts.map((each) => each.name)
    const near = name === undefined ? undefined : suggest(name, names)
    throw new WaterworksError('WW7001', {
      message: name === undefined ? 'export takes the name of a contract' : `there is no contract ${name}`,
      hint: near
        ? `Did you mean ${near}?`
        : names.length > 0
          ? `The project has ${names.join(', ')}.`
          : undefined,
    })
  }
  const { text, lost } = exporter(contract, dialect)
  output.print(text.trimEnd())
  if (lost.length > 0) output.log(`${to} has no words for ${lost.join(', ')}`)
  output.json({ contract: contract.name, form: to, text, lost })
  return 0
}
