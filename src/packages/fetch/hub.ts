import { z } from 'zod'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { HubVersion } from '../package-source.ts'
import { parsePackages } from '../parse-packages.ts'
import { httpGet } from './http-get.ts'

const indexDocument = z.array(z.string())

const packageDocument = z.object({
  namespace: z.string().nullish(),
  name: z.string(),
  redirectnamespace: z.string().nullish(),
  redirectname: z.string().nullish(),
  versions: z.record(
    z.string(),
    z.object({
      name: z.string(),
      packages: z.array(z.unknown()),
      require_dbt_version: z.union([z.string(), z.array(z.string())]).nullish(),
      downloads: z.object({ tarball: z.string() }),
    }),
  ),
})

/** A package as the hub has it, and where it has moved. */
export interface HubPackage {
  readonly versions: ReadonlyMap<string, HubVersion>
  readonly movedTo: string | undefined
}

/** dbt's hub of packages, at an address that ends in a slash. */
export class Hub {
  readonly #address: string

  constructor(address: string) {
    this.#address = address
  }

  /** Every package it has. Throws WW1610 and WW1611. */
  async index(): Promise<ReadonlySet<string>> {
    return new Set(await this.#get('index', 'The list of the package hub', indexDocument))
  }

  /** The versions of a package. Throws WW1610 and WW1611. */
  async package(name: string): Promise<HubPackage> {
    const found = await this.#get(name, `The package ${name} of the hub`, packageDocument)
    const [namespace, own] = name.split('/')
    const moved = `${found.redirectnamespace || (found.namespace ?? namespace)}/${found.redirectname || own}`
    return {
      versions: new Map(
        Object.entries(found.versions).map(([version, given]) => [
          version,
          {
            name: given.name,
            packages: parsePackages({ packages: given.packages }, `${name} ${version}`, (text) => text),
            tarball: given.downloads.tarball,
            requires: [given.require_dbt_version ?? []].flat().filter(Boolean),
          },
        ]),
      ),
      movedTo: (found.redirectnamespace || found.redirectname) && moved !== name ? moved : undefined,
    }
  }

  async #get<T>(path: string, what: string, schema: z.ZodType<T>): Promise<T> {
    const body = await httpGet(`${this.#address}api/v1/${path}.json`, what)
    const parsed = schema.safeParse(jsonOf(body))
    if (parsed.success) return parsed.data
    throw new WaterworksError('WW1611', { message: `${what} came in a form that is not the hub’s.` })
  }
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
