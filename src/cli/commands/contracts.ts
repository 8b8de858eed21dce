import { exporters } from '../../contracts/export/exporters.ts'
import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Command, Invocation } from '../command.ts'

type Part = (invocation: Invocation, names: readonly string[]) => Promise<number>

const parts: Readonly<Record<string, () => Promise<Part>>> = {
  list: async () => (await import('./contracts/list.ts')).listContracts,
  validate: async () => (await import('./contracts/validate.ts')).validateContracts,
  diff: async () => (await import('./contracts/diff.ts')).diffRevisions,
  import: async () => (await import('./contracts/import.ts')).importContract,
  export: async () => (await import('./contracts/export.ts')).exportContract,
}
const FORMS = Object.keys(exporters)

export const contracts: Command = {
  name: 'contracts',
  summary: 'List, validate, compare, import and export data contracts',
  description: `Contracts are files under contracts/, in the Open Data Contract Standard or the short form.

  list                 the contracts of the project, what they are about and how many checks they come to
  validate [FILE…]     every mistake in these files, or in those of the project
  diff [FROM [TO]]     what is other in TO (the working tree unless given) than in FROM (HEAD unless given), each
                       change with what it does to readers, and whether the policy of the contract is kept;
                       both are files, folders of contracts, or revisions of git
  import DATASET       a draft of a contract for a model, seed, snapshot or source: its columns as they are in the
                       warehouse, and what the files of the project say of them
  export NAME          a contract in another form: ${FORMS.join(', ')}

A change is full when who goes by the old or the new contract can read the data of the other, forward when old readers
can read new data, backward when new readers can read old data, and breaking when neither can. The exit code of diff
is 1 when a policy is not kept, that of validate 2 when a file has a mistake.`,
  positionals: 'list|validate|diff|import|export [NAME…]',
  options: [
    {
      name: 'notified',
      type: 'string',
      value: 'DATE',
      help: 'When consumers were told of a breaking change, as 2026-01-31 (diff).',
    },
    { name: 'to', type: 'string', value: 'FORM', help: `The form to export to: ${FORMS.join(', ')}.` },
  ],
  examples: [
    { line: 'waterworks contracts list', says: 'What is promised of which tables.' },
    { line: 'waterworks contracts diff main', says: 'What a branch changes, before it is merged.' },
    {
      line: 'waterworks contracts import fct_orders > contracts/orders.yml',
      says: 'A draft, from what is there.',
    },
    { line: 'waterworks contracts export orders --to typescript', says: 'Types for who reads the rows.' },
  ],
  async run(invocation) {
    const [name, ...names] = invocation.positionals
    const load = name !== undefined && Object.hasOwn(parts, name) ? parts[name] : undefined
    if (load === undefined) throw unknownPart(name)
    return (await load())(invocation, names)
  },
}

function unknownPart(name: string | undefined): WaterworksError {
  const nearest = name === undefined ? undefined : suggest(name, Object.keys(parts))
  const takes = 'contracts takes list, validate, diff, import or export'
  return new WaterworksError('WW7001', {
    message: name === undefined ? takes : `${takes}, not ${name}`,
    hint: nearest ? `Did you mean \`waterworks contracts ${nearest}\`?` : undefined,
  })
}
