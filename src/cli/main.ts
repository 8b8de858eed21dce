import { enlargeYoungGeneration } from './enlarge-young-generation.ts'
import { version } from './version.ts'

/** Runs the command line and returns the exit code: 0 well, 1 a handled failure, 2 could not run. */
export async function main(args: readonly string[]): Promise<number> {
  const [name] = args
  if (name === '--version' || name === '-V' || name === '-v' || name === 'version') {
    process.stdout.write(`waterworks ${version()}\n`)
    return 0
  }
  // Whoever reads may have seen enough: `waterworks ls | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2))
  enlargeYoungGeneration()
  // Everything else loads more than a version needs.
  const { runCommand } = await import('./run-command.ts')
  return runCommand(args)
}
