import type { Output } from '../output.ts'

/**
 * Lets Ctrl-C and SIGTERM stop a run in good order while `work` lasts: the signal aborts, what runs is rolled back. A
 * second Ctrl-C ends the process at once.
 */
export async function withStopSignal<T>(
  output: Output,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const stop = () => {
    if (controller.signal.aborted) process.exit(130)
    output.log('Stopping: what is running is rolled back. Press Ctrl-C again to end at once.')
    controller.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  try {
    return await work(controller.signal)
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
}
