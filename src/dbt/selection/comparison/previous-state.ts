import type { PreviousManifest } from './parse-manifest.ts'

/** What earlier runs left behind, as far as it was given: artefacts of a state folder, and of the target folder. */
export interface PreviousState {
  readonly manifest?: PreviousManifest | undefined
  /** Statuses by unique id. */
  readonly runResults?: ReadonlyMap<string, string> | undefined
  /** When the newest row of each source was loaded, in microseconds since 1970: as sources.json of the state folder has it. */
  readonly sources?: ReadonlyMap<string, bigint> | undefined
  /** The same of the project's own last look. */
  readonly currentSources?: ReadonlyMap<string, bigint> | undefined
}
