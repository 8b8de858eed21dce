import { setTimeout as wait } from 'node:timers/promises'
import { WaterworksError } from '../../errors/waterworks-error.ts'

const TIMEOUT_MS = 30_000
const ATTEMPTS = 3
const PAUSE_MS = 500
/** No package is anywhere near this. */
const MOST_BYTES = 1 << 29

/**
 * The body of what is at an address. A server that stumbles is asked again. Throws WW1610 when it cannot be reached and WW1611 for
 * any other answer than the thing itself. `what` is for messages; the address, which may hold a token, is not.
 */
export async function httpGet(url: string, what: string): Promise<Buffer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(url, what)
    } catch (error) {
      if (attempt === ATTEMPTS || !(error instanceof Stumble)) {
        throw error instanceof Stumble ? error.problem : error
      }
      await wait(PAUSE_MS * attempt)
    }
  }
}

/** What may be otherwise the next time. */
class Stumble extends Error {
  readonly problem: WaterworksError
  constructor(problem: WaterworksError) {
    super(problem.message)
    this.problem = problem
  }
}

async function once(url: string, what: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((cause: unknown) => {
    throw unreached(what, cause)
  })
  if (!response.ok) {
    await response.body?.cancel()
    const problem = new WaterworksError('WW1611', {
      message:
        `${what} was asked for, and the server answered ${response.status} ${response.statusText}.`.replace(
          ' .',
          '.',
        ),
    })
    throw response.status >= 500 || response.status === 429 ? new Stumble(problem) : problem
  }
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length
      if (size > MOST_BYTES)
        throw new WaterworksError('WW1611', { message: `${what} is larger than any package.` })
      chunks.push(chunk)
    }
  } catch (error) {
    throw error instanceof WaterworksError ? error : new Stumble(unreached(what, error))
  }
  return Buffer.concat(chunks)
}

function unreached(what: string, error: unknown): WaterworksError {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined
  const why = error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : code
  return new WaterworksError('WW1610', {
    message: `${what} cannot be reached${why === undefined ? '' : `: ${why}`}.`,
    cause: error,
  })
}
