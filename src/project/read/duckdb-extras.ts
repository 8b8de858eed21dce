import type { z } from 'zod'
import type { Target } from '../project.ts'
import type { duckDbAttach, duckDbSettings } from '../schema/fields.ts'

interface WrittenExtras {
  readonly settings?: z.infer<typeof duckDbSettings> | null | undefined
  readonly extensions?: readonly string[] | null | undefined
  readonly attach?: readonly z.infer<typeof duckDbAttach>[] | null | undefined
}

type Extras = Pick<Target & { readonly type: 'duckdb' }, 'settings' | 'extensions' | 'attached'>

/** What a DuckDB target asks for besides its file; what is empty is left out. */
export function duckDbExtras({ settings, extensions, attach }: WrittenExtras): Extras {
  const attached = (attach ?? []).map(({ path, alias, type, read_only: readOnly }) => ({
    path,
    alias,
    type,
    readOnly,
  }))
  return {
    ...(settings && Object.keys(settings).length > 0 ? { settings } : {}),
    ...(extensions && extensions.length > 0 ? { extensions } : {}),
    ...(attached.length > 0 ? { attached } : {}),
  }
}
