import { resolve } from 'node:path'
import { metadataEnvs } from '../../../dbt/metadata-envs.ts'
import type { Invocation } from '../../command.ts'
import { buildIdentity } from './build-identity.ts'

/** What decides how a project's files are read, beside those files and the variables that they ask for: this build, and the command line. */
export function inputsKey({ flags }: Invocation, root: string): string {
  const profiles = flags.text('profiles-dir')
  return JSON.stringify([
    buildIdentity(),
    root,
    ...['target', 'profile', 'vars', 'target-path'].map((name) => flags.text(name) ?? null),
    profiles === undefined ? null : resolve(profiles),
    metadataEnvs(process.env),
  ])
}
