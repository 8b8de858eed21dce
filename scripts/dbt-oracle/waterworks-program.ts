import { fileURLToPath } from 'node:url'
import type { DbtProgram, Invocation } from './invocation.ts'
import { runProcess } from './run-process.ts'

const BINARY = fileURLToPath(new URL('../../bin/waterworks.js', import.meta.url))
/** Commands that publish. As dbt does it: each node when it is built, whatever its tests say. */
const PUBLISHING = new Set(['build', 'run', 'retry'])
const LISTING = new Set(['ls', 'list'])

/** Waterworks in dbt's place: the real command, in a process of its own. */
export const waterworks: DbtProgram = {
  name: 'Waterworks',
  run: (invocation) => {
    return runWaterworks({ ...invocation, args: [...invocation.args, ...asDbt(invocation.args)] })
  },
}

/** What is said besides where Waterworks means to differ: what is published, and how the graph is listed. */
function asDbt(args: readonly string[]): readonly string[] {
  if (PUBLISHING.has(args[0]!)) return ['--publish', 'immediately']
  return LISTING.has(args[0]!) && !args.includes('--output') ? ['--output', 'selector'] : []
}

/** The same as it is without being told otherwise: what fails its tests is not published. */
export const gatedWaterworks: DbtProgram = { name: 'Waterworks', run: runWaterworks }

function runWaterworks({ args, ...others }: Invocation) {
  return runProcess(process.execPath, { ...others, args: [BINARY, ...args] })
}
