import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/api-manifest/json.ts'
import { Origins } from '../../../src/api-manifest/origins.ts'
import { readManifest } from '../../../src/api-manifest/read-manifest.ts'
import { AirbyteConnector } from '../../../src/connectors/airbyte/airbyte-connector.ts'
import { type ApiHandler, FakeApi } from '../../support/fake-api.ts'
import { MemoryCredentials } from './memory-credentials.ts'
import { manifestOf, ok, streamOf } from './scenario.ts'

let api: FakeApi
let store: MemoryCredentials
beforeAll(async () => {
  api = await FakeApi.start(() => ({ json: {} }))
})
beforeEach(() => {
  store = new MemoryCredentials()
})
afterAll(() => api.close())

/** A server whose refresh tokens are good for one use: r1, then r2, each with an access token that `lasts` so many seconds. */
function server(lasts: number, refuses = 0): ApiHandler {
  let current = 1
  let refused = 0
  return ({ path, body, headers }) => {
    if (path === '/token') {
      const token = new URLSearchParams(body).get('refresh_token')
      if (token !== `r${current}`) return { json: { error: 'invalid_grant' }, status: 400 }
      current++
      return ok({ access_token: `at${current}`, refresh_token: `r${current}`, expires_in: lasts })
    }
    if (headers.authorization !== `Bearer at${current}`) return { json: {}, status: 401 }
    if (refused++ < refuses) return { json: {}, status: 401 }
    return ok({ data: [{ id: 1 }] })
  }
}

function connector(credentials = store, refreshToken = 'r1'): AirbyteConnector {
  const authenticator = {
    type: 'OAuthAuthenticator',
    token_refresh_endpoint: "{{ config['url'] }}/token",
    client_id: 'me',
    client_secret: "{{ config['client_secret'] }}",
    refresh_token_updater: { refresh_token_config_path: ['refresh_token'] },
  }
  const response_filters = [
    { type: 'HttpResponseFilter', http_codes: [401], action: 'REFRESH_TOKEN_THEN_RETRY' },
  ]
  const requester = { authenticator, error_handler: { type: 'DefaultErrorHandler', response_filters } }
  const streams = ['a', 'b', 'c'].map((name) => streamOf({ name, requester }))
  const manifest = { ...manifestOf({ name: '', proves: [], stream: {}, api: () => () => ok({}) }), streams }
  const config: JsonObject = { url: api.url, client_secret: 'sesame', refresh_token: refreshToken }
  return new AirbyteConnector({
    manifest: readManifest(manifest, new Origins(() => ({ file: 'manifest.yaml', line: 1, column: 1 }))),
    config,
    credentials,
    pause: async () => undefined,
  })
}

async function read(source: AirbyteConnector, ...streams: readonly string[]): Promise<number> {
  const counts = await Promise.all(
    streams.map(async (stream) => {
      let rows = 0
      for await (const arrival of source.read(stream, null)) {
        await arrival.writeTo({
          async restart() {},
          async write(batch) {
            rows += batch.rows
          },
        })
      }
      return rows
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

const refreshes = () => api.requests.filter(({ path }) => path === '/token').length

describe('refresh tokens that are good for one use', () => {
  it('are used once for all streams that are read at once', async () => {
    api.reset(server(3600))
    expect(await read(connector(), 'a', 'b', 'c')).toBe(3)
    expect(refreshes()).toBe(1)
  })

  it('are followed by the one that was kept, in a later run', async () => {
    api.reset(server(0))
    expect(await read(connector(), 'a')).toBe(1)
    expect(await read(connector(), 'a')).toBe(1)
    expect(refreshes()).toBe(2)
  })

  it('are not used while the access token holds', async () => {
    api.reset(server(3600))
    await read(connector(), 'a')
    await read(connector(), 'b')
    expect(refreshes()).toBe(1)
  })

  it('are used when the server does not take the access token any more', async () => {
    api.reset(server(3600, 1))
    expect(await read(connector(), 'a')).toBe(1)
    expect(refreshes()).toBe(2)
  })

  it('are kept so that nobody can read them', async () => {
    api.reset(server(3600))
    await read(connector(), 'a')
    const [name = '', sealed = ''] = [...store.kept].flat()
    for (const text of [name, sealed, Buffer.from(sealed, 'base64').toString('latin1')]) {
      expect(text).not.toMatch(/at2|r2|sesame/)
    }
  })

  it('begin anew with one that was granted anew', async () => {
    api.reset(server(3600))
    await read(connector(), 'a')
    const anew = connector(store, 'r2')
    await expect(read(anew, 'a')).resolves.toBe(1)
    expect(refreshes()).toBe(2)
  })
})
