import { z } from 'zod'

const version = z.union([z.string(), z.number()])
const name = z.string().nullish()

const localSpec = z.strictObject({ local: z.string().min(1, 'is empty'), name })

const tarballSpec = z.strictObject({ tarball: z.string().min(1, 'is empty'), name: z.string() })

const gitSpec = z.strictObject({
  git: z.string().min(1, 'is empty'),
  revision: version.nullish(),
  'warn-unpinned': z.boolean().nullish(),
  subdirectory: z.string().nullish(),
  name,
})

const hubSpec = z.strictObject({
  package: z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'is <namespace>/<name>, such as dbt-labs/dbt_utils'),
  version: z.union([version, z.array(version)]),
  install_prerelease: z.boolean().nullish(),
  name,
})

/** The forms of an entry of `packages:`, by the key that tells them apart. */
export const packageForms = {
  local: localSpec,
  tarball: tarballSpec,
  git: gitSpec,
  package: hubSpec,
} as const

interface Written {
  /** The entry before templates in it were rendered: what is locked, so that no secret is. */
  readonly unrendered: Readonly<Record<string, unknown>>
}

export type LocalSpec = { readonly kind: 'local' } & z.infer<typeof localSpec> & Written
export type TarballSpec = { readonly kind: 'tarball' } & z.infer<typeof tarballSpec> & Written
export type GitSpec = { readonly kind: 'git' } & z.infer<typeof gitSpec> & Written
export type HubSpec = { readonly kind: 'hub' } & z.infer<typeof hubSpec> & Written

/** A package as packages.yml, dependencies.yml or package-lock.yml asks for it. */
export type PackageSpec = LocalSpec | TarballSpec | GitSpec | HubSpec
