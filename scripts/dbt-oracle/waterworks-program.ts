import { fileURLToPath } from 'node:url'
import type { DbtProgram, Invocation } from './invocation.ts'
import { runProcess } from './run-process.ts'

const BINARY = fileURLToPath(new URL('../../bin/waterworks.js', import.meta.url))
/** Commands that publish. As dbt does it: each node when it is built, whatever its tests say. */
const PUBLISHING = new Set(['build', 'run', 'retry'])

/** Waterworks in dbt's place: the real command, in a process of its own. */
export const waterworks: DbtProgram = {
  name: 'Waterworks',
  run: (invocation) => {
    const asDbt = PUBLISHING.has(invocation.args[0]!) ? ['--publish', 'immediately'] : []
    return runWaterworks({ ...invocation, args: [...invocation.args, ...asDbt] })
  },
}

/** The same as it is without being told otherwise: what fails its tests is not published. */
export const gatedWaterworks: DbtProgram = { name: 'Waterworks', run: runWaterworks }

function runWaterworks({ args, ...others }: Invocation) {
  return runProcess(process.execPath, { ...others, args: [BINARY, ...args] })
}
