import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type PreviousManifest, parseManifest } from '../../dbt/selection/comparison/parse-manifest.ts'
import { parseRunResults } from '../../dbt/selection/comparison/parse-run-results.ts'
import { parseSources } from '../../dbt/selection/comparison/parse-sources.ts'
import type { PreviousState } from '../../dbt/selection/comparison/previous-state.ts'
import { WaterworksError } from '../../errors/waterworks-error.ts'

/** Artefacts of an earlier run, each read when it is first asked for. What is there and cannot be read is WW1305. */
export class StateFolder implements PreviousState {
  readonly #folder: string
  readonly #target: string
  #manifest: { readonly read: PreviousManifest | undefined } | undefined

  private constructor(folder: string, target: string) {
    this.#folder = folder
    this.#target = target
  }

  /**
   * The folder at a path from the project's folder, or else from here; `target` is that of the project's own artefacts. Throws WW1304 when
   * there is none.
   */
  static open(root: string, path: string, target: string): StateFolder {
    const folder = [resolve(root, path), resolve(path)].find((each) => existsSync(each))
    if (folder !== undefined) return new StateFolder(folder, resolve(root, target))
    throw new WaterworksError('WW1304', { message: `There is no folder ${path} to compare with.` })
  }

  get manifest(): PreviousManifest | undefined {
    this.#manifest ??= { read: read(this.#folder, 'manifest.json', parseManifest) }
    return this.#manifest.read
  }

  get runResults(): ReadonlyMap<string, string> | undefined {
    return read(this.#folder, 'run_results.json', parseRunResults)
  }

  get sources(): ReadonlyMap<string, bigint> | undefined {
    return read(this.#folder, 'sources.json', parseSources)
  }

  get currentSources(): ReadonlyMap<string, bigint> | undefined {
    return read(this.#target, 'sources.json', parseSources)
  }
}

function read<T>(folder: string, name: string, parse: (text: string, file: string) => T): T | undefined {
  const path = join(folder, name)
  return existsSync(path) ? parse(readFileSync(path, 'utf8'), path) : undefined
}
