import type { StateStore } from './state-store.ts'

/** Where state is kept: a file of its own, or a schema of a Postgres database. */
export type StateLocation =
  | { readonly kind: 'sqlite'; readonly path: string }
  | {
      readonly kind: 'postgres'
      readonly host: string
      readonly port: number
      readonly user: string
      readonly password: string | undefined
      readonly database: string
      /** `_waterworks_state` unless said. */
      readonly schema?: string
    }

/**
 * Opens a state store, making or migrating its tables first. Throws WW6001 when it cannot be opened or belongs to
 * something else, WW6002 when a newer version wrote it. Loads the database's driver only when called.
 */
export async function openStateStore(location: StateLocation): Promise<StateStore> {
  if (location.kind === 'sqlite') {
    const { openSqliteStateStore } = await import('./sqlite/open-sqlite-state-store.ts')
    return openSqliteStateStore(location.path)
  }
  const { openPostgresStateStore } = await import('./postgres/open-postgres-state-store.ts')
  return openPostgresStateStore(location)
}
