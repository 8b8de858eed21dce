/** How rows come into a table. */
export type LoadStrategy =
  | 'append'
  | 'merge'
  | 'truncate-reload'
  | 'partition-swap'
  | 'soft-delete'
  | 'scd2'
  | 'scd3'
  | 'scd4'
  | 'scd6'

/** What the rest of the platform needs to know of a strategy. */
export interface StrategyTraits {
  /** What it does to rows, for messages: "merges", "keeps versions of". */
  readonly does: string
  /** `merge_keys` say which row is which. */
  readonly keyed: boolean
  /** Rows of a key may arrive of several moments, told apart by `history.effective_at`. */
  readonly ofMoments: boolean
  /** Where the rows of a key are one per version, with columns of validity: in its table, in another beside it. */
  readonly versions: 'in the table' | 'beside it' | undefined
  /** A full extraction is the whole table: what is not in it any more is gone. */
  readonly whole: boolean
}

const traits: Readonly<Record<LoadStrategy, StrategyTraits>> = {
  append: { does: 'appends', keyed: false, ofMoments: false, versions: undefined, whole: false },
  merge: { does: 'merges', keyed: true, ofMoments: false, versions: undefined, whole: false },
  'truncate-reload': { does: 'reloads', keyed: false, ofMoments: false, versions: undefined, whole: true },
  'partition-swap': {
    does: 'swaps partitions of',
    keyed: false,
    ofMoments: false,
    versions: undefined,
    whole: false,
  },
  'soft-delete': {
    does: 'marks deletions in',
    keyed: true,
    ofMoments: false,
    versions: undefined,
    whole: true,
  },
  scd2: { does: 'keeps versions of', keyed: true, ofMoments: true, versions: 'in the table', whole: false },
  scd3: { does: 'keeps earlier values of', keyed: true, ofMoments: true, versions: undefined, whole: false },
  scd4: { does: 'keeps versions of', keyed: true, ofMoments: true, versions: 'beside it', whole: false },
  scd6: { does: 'keeps versions of', keyed: true, ofMoments: true, versions: 'in the table', whole: false },
}

/** Whether each load of a pipeline is all that its source has, and what is not in it any more is gone. */
export function holdsWhole({
  extract,
  load,
}: {
  readonly extract: { readonly strategy: 'full' | 'incremental' }
  readonly load: { readonly strategy: LoadStrategy }
}): boolean {
  if (load.strategy === 'truncate-reload') return true
  return traitsOf(load.strategy).whole && extract.strategy === 'full'
}

export function traitsOf(strategy: LoadStrategy): StrategyTraits {
  return traits[strategy]
}
