import { tmpdir } from 'node:os'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HttpTransport } from '../../../src/connectors/http/http-transport.ts'
import { NetworkError } from '../../../src/connectors/http/network-error.ts'
import type { Pause } from '../../../src/connectors/http/pause.ts'
import { RateBudget } from '../../../src/connectors/http/rate-budget.ts'
import { RetryingClient, type RetryPolicy } from '../../../src/connectors/http/retrying-client.ts'
import { FakeApi } from '../../support/fake-api.ts'

let api: FakeApi
const sent: number[] = []
/** Notes when each request goes out. */
class TimedTransport extends HttpTransport {
  override send(...request: Parameters<HttpTransport['send']>): ReturnType<HttpTransport['send']> {
    sent.push(Date.now())
    return super.send(...request)
  }
}
const transport = new TimedTransport({
  connectTimeoutMs: 5000,
  silenceTimeoutMs: 5000,
  largestBody: 1 << 20,
  spoolFolder: tmpdir(),
})
beforeEach(async () => {
  api = await FakeApi.start(() => ({ json: {} }))
})
afterEach(async () => {
  vi.useRealTimers()
  await api.close()
})

const policy = (maxRetries: number): RetryPolicy => ({
  maxRetries,
  maxSeconds: 600,
  judge(outcome) {
    if (!(outcome instanceof NetworkError) && outcome.isOk) return { action: 'accept' }
    return { action: 'retry', message: undefined, waitSeconds: undefined }
  },
})

function ask(client: RetryingClient, path: string, maxRetries = 5) {
  const request = { method: 'GET', url: `${api.url}/${path}`, headers: {}, body: undefined }
  return client.send(async () => request, policy(maxRetries), new AbortController().signal)
}

describe('what holds for all streams of a connection', () => {
  it('is the pause that a server asks one of them for', async () => {
    api.reset(({ index }) =>
      index === 0 ? { json: {}, status: 429, headers: { 'Retry-After': '60' } } : { json: {} },
    )
    const waits: { readonly ms: number; readonly resume: () => void }[] = []
    const pause: Pause = (ms) => new Promise((resume) => waits.push({ ms, resume }))
    const client = new RetryingClient({ transport, pause })
    const first = ask(client, 'a')
    await expect.poll(() => waits.length).toBe(1)
    const others = [ask(client, 'b'), ask(client, 'c')]
    await expect.poll(() => waits.length).toBe(3)
    expect(waits.every(({ ms }) => ms > 50_000 && ms <= 60_000)).toBe(true)
    expect(api.requests).toHaveLength(1)
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 })
    for (const { resume } of waits) resume()
    expect((await Promise.all([first, ...others])).map(({ status }) => status)).toEqual([200, 200, 200])
    expect(api.requests).toHaveLength(4)
  })

  it('is the budget of calls, also of those that are tried again', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
    sent.length = 0
    api.reset(({ index }) => (index % 5 === 0 ? { json: {}, status: 500 } : { json: {} }))
    // The clock goes on when all who may go have gone.
    const pause: Pause = async (ms) => {
      await new Promise(setImmediate)
      vi.setSystemTime(Date.now() + ms)
    }
    const rates = [{ limit: 4, intervalMs: 10_000 }]
    const budget = new RateBudget(
      {
        policies: [{ kind: 'moving', rates, matchers: [] }],
        resetHeader: 'ratelimit-reset',
        remainingHeader: 'ratelimit-remaining',
        limitStatuses: [429],
      },
      pause,
    )
    const client = new RetryingClient({ transport, budget, pause })
    const streams = ['a', 'b', 'c', 'd', 'e'].map(async (path) => {
      for (let page = 0; page < 6; page++) expect((await ask(client, path)).status).toBe(200)
    })
    await Promise.all(streams)
    expect(sent.length).toBeGreaterThan(30)
    const crowded = sent.filter((time, index) => {
      const next = sent[index + 4]
      return next !== undefined && next - time < 10_000
    })
    expect(crowded).toEqual([])
  })

  it('is that a server which is down is left alone', async () => {
    api.reset(() => ({ json: {}, status: 500 }))
    const client = new RetryingClient({ transport, pause: async () => undefined })
    const settled = await Promise.allSettled(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((path) => ask(client, path, 1)),
    )
    expect(settled.map((each) => each.status === 'rejected' && each.reason.code)).toEqual(
      Array(6).fill('WW4412'),
    )
    const asked = api.requests.length
    expect(asked).toBe(12)
    await expect(ask(client, 'g')).rejects.toMatchObject({ code: 'WW4414' })
    expect(api.requests).toHaveLength(asked)
  })
})
