import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { type Entry, tar } from './tar.ts'

export interface HubVersion {
  readonly packages?: readonly unknown[]
  readonly requires?: string | readonly string[]
  /** The archive; one with a dbt_project.yml unless given. */
  readonly entries?: readonly Entry[]
}

export interface HubServer extends AsyncDisposable {
  readonly address: string
  /** Paths that were asked for. */
  readonly asked: string[]
  /** Answers with this status instead, so many times. */
  stumble(status: number, times: number): void
}

/** A server on this machine that plays the package hub and the host of its archives. */
export async function startHub(
  packages: Readonly<Record<string, Readonly<Record<string, HubVersion>>>>,
): Promise<HubServer> {
  const asked: string[] = []
  let stumbles = { status: 200, times: 0 }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    if (stumbles.times > 0) {
      stumbles.times--
      response.writeHead(stumbles.status).end()
      return
    }
    const body = answer(path)
    response.writeHead(body === undefined ? 404 : 200).end(body)
  })
  const answer = (path: string): string | Buffer | undefined => {
    if (path === '/api/v1/index.json') return JSON.stringify(Object.keys(packages))
    const name = /^\/api\/v1\/(.*)\.json$/.exec(path)?.[1]
    const versions = name === undefined ? undefined : packages[name]
    if (name !== undefined && versions) return JSON.stringify(describe(name, versions))
    const [, owner, own, version] = /^\/archives\/([^/]*)\/([^/]*)\/(.*)\.tar\.gz$/.exec(path) ?? []
    const found = packages[`${owner}/${own}`]?.[version ?? '']
    if (found === undefined) return undefined
    const entries = found.entries ?? [
      { path: `${own}-${version}/`, type: '5' as const },
      { path: `${own}-${version}/dbt_project.yml`, content: `name: ${own}\nversion: ${version}\n` },
    ]
    return gzipSync(tar(entries))
  }
  const describe = (name: string, versions: Readonly<Record<string, HubVersion>>) => ({
    name: name.split('/')[1],
    namespace: name.split('/')[0],
    versions: Object.fromEntries(
      Object.entries(versions).map(([version, { packages: wanted = [], requires = [] }]) => [
        version,
        {
          name: name.split('/')[1],
          packages: wanted,
          require_dbt_version: requires,
          downloads: { tarball: `${address}archives/${name}/${version}.tar.gz`, format: 'tgz' },
        },
      ]),
    ),
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const address = `http://127.0.0.1:${port}/`
  return {
    address,
    asked,
    stumble: (status, times) => {
      stumbles = { status, times }
    },
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
