import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import { isMapping } from '../../project/yaml/is-mapping.ts'
import { parseYaml } from '../../project/yaml/parse-yaml.ts'
import type { HubVersion, PackageMetadata, PackageSource } from '../package-source.ts'
import { parsePackages, type RenderText } from '../parse-packages.ts'
import { checkOut } from './git-repository.ts'
import { httpGet } from './http-get.ts'
import { Hub, type HubPackage } from './hub.ts'
import { unpack } from './unpack.ts'

/** What a package may call itself: a name that is a folder's, too, and leads nowhere else. */
const NAME = /^[A-Za-z_]\w*$/

export interface DownloadsOptions {
  /** The project's folder, where paths of local packages start. */
  readonly root: string
  /** The hub's address, with a slash at its end. */
  readonly hub: string
  /** Renders templates in files of packages. */
  readonly render: RenderText
  warn(warning: WaterworksError): void
}

/** Fetches packages into a folder of its own, which `close` removes. Nothing is fetched twice. */
export class Downloads implements PackageSource {
  readonly #options: DownloadsOptions
  readonly #hub: Hub
  readonly #folder = mkdtempSync(join(tmpdir(), 'waterworks-packages-'))
  readonly #started = new Map<string, Promise<unknown>>()

  constructor(options: DownloadsOptions) {
    this.#options = options
    this.#hub = new Hub(options.hub)
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true })
  }

  hubIndex(): Promise<ReadonlySet<string>> {
    return this.#once('index', () => this.#hub.index())
  }

  async hubVersions(name: string): Promise<ReadonlyMap<string, HubVersion>> {
    const { versions } = await this.#once(`package ${name}`, async (): Promise<HubPackage> => {
      const found = await this.#hub.package(name)
      if (found.movedTo !== undefined) {
        this.#options.warn(
          new WaterworksError('WW1605', {
            message: `The package ${name} has moved to ${found.movedTo}, and gets no more versions under its old name.`,
            hint: `Ask for ${found.movedTo}.`,
          }),
        )
      }
      return found
    })
    return versions
  }

  repository(url: string, revision: string | undefined): Promise<{ folder: string; commit: string }> {
    return this.#once(`git ${url} ${revision ?? ''}`, async () => {
      const folder = this.#newFolder()
      return { folder, commit: await checkOut(url, revision, folder, withoutCredentials(url)) }
    })
  }

  archive(url: string): Promise<string> {
    return this.#once(`archive ${url}`, async () => {
      const what = `The archive ${withoutCredentials(url)}`
      return unpack(await contentOf(url, what), this.#newFolder(), what)
    })
  }

  local(path: string): string {
    return resolve(this.#options.root, path)
  }

  metadata(folder: string, of: string): PackageMetadata {
    const { render } = this.#options
    const project = join(folder, 'dbt_project.yml')
    if (!existsSync(project)) {
      throw new WaterworksError('WW1608', {
        message: `The package ${of} has no dbt_project.yml.`,
        hint: 'Where it lies in a folder of its repository, name that with "subdirectory:".',
      })
    }
    const document = parseYaml(readFileSync(project, 'utf8'), `${of}: dbt_project.yml`, 'pyyaml')
    const written = isMapping(document) ? document['name'] : undefined
    const name = typeof written === 'string' && written.includes('{') ? render(written) : written
    if (typeof name !== 'string' || !NAME.test(name)) {
      throw new WaterworksError('WW1608', {
        message: `The name of the package ${of}, in its dbt_project.yml, is missing or no name.`,
      })
    }
    return { name, packages: listedIn(folder, of, render) }
  }

  #newFolder(): string {
    return mkdtempSync(join(this.#folder, 'package-'))
  }

  async #once<T>(key: string, start: () => Promise<T>): Promise<T> {
    const started = this.#started.get(key) ?? start()
    this.#started.set(key, started)
    return (await started) as T
  }
}

/** The packages that a project in a folder asks for. */
function listedIn(folder: string, of: string, render: RenderText) {
  for (const file of ['dependencies.yml', 'packages.yml']) {
    const path = join(folder, file)
    if (!existsSync(path)) continue
    const shown = `${of}: ${file}`
    const document = parseYaml(readFileSync(path, 'utf8'), shown, 'pyyaml')
    if (isMapping(document) && document['packages'] !== undefined)
      return parsePackages(document, shown, render)
  }
  return []
}

async function contentOf(url: string, what: string): Promise<Buffer> {
  if (!url.startsWith('file:')) return httpGet(url, what)
  try {
    return readFileSync(new URL(url))
  } catch {
    throw new WaterworksError('WW1611', { message: `${what} cannot be read.` })
  }
}

function withoutCredentials(url: string): string {
  return url.replace(/^([a-z+]+:\/\/)[^/@]*@/, '$1')
}
