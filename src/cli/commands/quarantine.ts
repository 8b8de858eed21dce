import { suggest } from '../../errors/suggest.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { Command, Invocation } from '../command.ts'

type Part = (invocation: Invocation, ids: readonly string[]) => Promise<number>

const parts: Readonly<Record<string, () => Promise<Part>>> = {
  list: async () => (await import('./quarantine/list.ts')).listQuarantine,
  show: async () => (await import('./quarantine/show.ts')).showQuarantine,
  replay: async () => (await import('./quarantine/replay.ts')).replay,
  discard: async () => (await import('./quarantine/discard.ts')).discard,
}

export const quarantine: Command = {
  name: 'quarantine',
  summary: 'List, show and replay rejected rows',
  description: `Rows that cannot be read, fail a cast or fail a gate are kept with what arrived, why they were rejected and where
they came from. Loads that a gate held as a whole wait in the landing folder.

  list                 what is in quarantine, by pipeline, stream and reason, and the loads that are held
  show [ID…]           rows with their place and their values, masked to their shape (letters x, digits 9)
  replay [ID…]         puts rows back through their pipeline as it is now
  discard LOAD_ID      gives up a held load: its file is not taken again

Rows that are rejected once more become new entries, and the exit code is 1. Records that were not well-formed have no
columns to replay: have their sender mend the file. A merge merges replayed rows over what is in the table; every other
strategy adds them. A later full reload replaces them with what its files hold then. list and show work while a build
runs; replay and discard take the build's lease and are recorded as runs.`,
  positionals: 'list|show|replay|discard [ID…]',
  options: [
    { name: 'pipeline', short: 'p', type: 'string', value: 'NAME', help: 'Only rows of this pipeline.' },
    {
      name: 'reason',
      type: 'string',
      value: 'TEXT',
      help: 'Only rows whose reason contains this; for discard: why the load is given up.',
    },
    { name: 'run', type: 'string', value: 'RUN_ID', help: 'Only rows that this run rejected (list, show).' },
    { name: 'all', type: 'boolean', help: 'Rows that were replayed as well (list, show).' },
    { name: 'reveal', type: 'boolean', help: 'Show values as they are (show).' },
    { name: 'limit', type: 'string', value: 'N', help: 'The most rows to show, 20 unless given; 0 for all.' },
  ],
  examples: [
    { line: 'waterworks quarantine list', says: 'What was rejected or held, and why.' },
    { line: 'waterworks quarantine show --pipeline vega_flights', says: 'Its rows, values masked.' },
    { line: 'waterworks quarantine show 3f2a9c01b7de-1204 --reveal', says: 'One row as it arrived.' },
    {
      line: 'waterworks quarantine replay --reason delay_plausible',
      says: 'After the check was mended: its rows once more.',
    },
    {
      line: 'waterworks quarantine discard 9b1c04d2e6aa --reason "test file, sent by mistake"',
      says: 'A held load that is not wanted.',
    },
  ],
  async run(invocation) {
    const [name, ...ids] = invocation.positionals
    const load = name !== undefined && Object.hasOwn(parts, name) ? parts[name] : undefined
    if (load === undefined) throw unknownPart(name)
    return (await load())(invocation, ids)
  },
}

function unknownPart(name: string | undefined): WaterworksError {
  const nearest = name === undefined ? undefined : suggest(name, Object.keys(parts))
  return new WaterworksError('WW7001', {
    message:
      name === undefined
        ? 'quarantine takes list, show, replay or discard'
        : `quarantine takes list, show, replay or discard, not ${name}`,
    hint: nearest ? `Did you mean \`waterworks quarantine ${nearest}\`?` : undefined,
  })
}
