import { count } from './count.ts'
import { NOTHING_APPLIED } from './counts.ts'
import type { HistoryColumns } from './history-columns.ts'
import { differIn, sameKey } from './matching.ts'
import { moment } from './moment.ts'
import type { Strategy, StrategyInput } from './strategy.ts'

/** The versions that arrived, each with the moment since which it holds. */
export const VERSIONS = '_ww_versions'
/** Until when the current version of a row holds. REQUIREMENTS section 4. */
const FOR_EVER = '9999-12-31'

/**
 * A table of versions (slowly changing dimension, type 2): of each key one row per moment since which it was so, each
 * valid until the next. With `effectiveAt` every moment that arrives is a version, in whatever order they come, and a
 * version that comes again corrects itself. Without it a row is a new version when it differs (null-safely) from the
 * current one, since the load. Arrived rows are unique by key and moment; neither is NULL.
 * @param now the load's moment, ISO 8601
 */
export function scd2(keys: readonly string[], history: HistoryColumns, now: string): Strategy {
  return async (input) => {
    const table = new VersionTable(input, keys, history, now)
    const { executor } = input
    const repeated = history.effectiveAt === undefined ? await count(executor, table.equalToCurrent) : 0
    await executor.execute(`create temporary table ${VERSIONS} as ${table.versions}`)
    const unchanged = await count(executor, table.equalVersions)
    const inserted = await count(executor, table.ofNewKeys)
    const added = await count(executor, table.ofKnownKeys)
    const corrected = await executor.execute(table.correct)
    const physicalInserts = await executor.execute(table.insert)
    await executor.execute(table.connect)
    await executor.execute(`drop table ${VERSIONS}`)
    return {
      ...NOTHING_APPLIED,
      inserted,
      updated: added + corrected,
      unchanged: repeated + unchanged,
      physicalInserts,
    }
  }
}

/** The statements, over `t` the table and `s` what arrived. */
class VersionTable {
  readonly #input: StrategyInput
  readonly #history: HistoryColumns
  readonly #target: string
  readonly #from: string
  readonly #to: string
  readonly #current: string
  readonly #sameKey: string
  readonly #differs: string
  readonly #others: readonly string[]
  readonly #now: string

  constructor(input: StrategyInput, keys: readonly string[], history: HistoryColumns, now: string) {
    const { dialect, columns } = input
    const { identifier } = dialect
    this.#input = input
    this.#history = history
    this.#target = dialect.relation(input.target)
    this.#from = identifier(history.validFrom.name)
    this.#to = identifier(history.validTo.name)
    this.#current = identifier(history.isCurrent.name)
    this.#sameKey = sameKey(dialect, keys)
    const others = columns.filter((column) => !keys.includes(column) && column !== history.effectiveAt)
    this.#others = others.map((column) => identifier(column))
    this.#differs = differIn(dialect, others)
    this.#now = moment(dialect, now)
    this.#keys = keys.map((key) => identifier(key))
  }

  readonly #keys: readonly string[]

  get #isVersion(): string {
    return `${this.#sameKey} and t.${this.#from} = s.${this.#from}`
  }

  /** Arrived rows that say what the current version says. */
  get equalToCurrent(): string {
    return `from (${this.#input.select}) as s
where exists (select 1 from ${this.#target} as t where ${this.#sameKey} and t.${this.#current} and not ${this.#differs})`
  }

  get versions(): string {
    const { effectiveAt } = this.#history
    const since = effectiveAt === undefined ? this.#now : `s.${this.#input.dialect.identifier(effectiveAt)}`
    const all = `select s.*, ${since} as ${this.#from} from (${this.#input.select}) as s`
    if (effectiveAt !== undefined) return all
    return `${all} where not exists (select 1 from ${this.#target} as t
 where ${this.#sameKey} and t.${this.#current} and not ${this.#differs})`
  }

  get equalVersions(): string {
    return `from ${VERSIONS} as s join ${this.#target} as t on ${this.#isVersion} where not ${this.#differs}`
  }

  get ofNewKeys(): string {
    return `from ${VERSIONS} as s where not exists (select 1 from ${this.#target} as t where ${this.#sameKey})`
  }

  get ofKnownKeys(): string {
    return `from ${VERSIONS} as s where exists (select 1 from ${this.#target} as t where ${this.#sameKey})
 and not exists (select 1 from ${this.#target} as t where ${this.#isVersion})`
  }

  get correct(): string {
    const set = [...this.#others.map((name) => `${name} = s.${name}`), ...this.#stamped]
    return `update ${this.#target} as t set ${set.join(', ')}
from ${VERSIONS} as s where ${this.#isVersion} and ${this.#differs}`
  }

  get insert(): string {
    const { columns, dialect, stamps } = this.#input
    const own = columns.map((column) => dialect.identifier(column))
    const names = [
      ...own,
      this.#from,
      this.#to,
      this.#current,
      ...stamps.map(({ column }) => dialect.identifier(column)),
    ]
    const values = [
      ...own.map((name) => `s.${name}`),
      `s.${this.#from}`,
      this.#forEver,
      'true',
      ...stamps.map(({ expression }) => expression),
    ]
    return `insert into ${this.#target} (${names.join(', ')}) select ${values.join(', ')} from ${VERSIONS} as s
where not exists (select 1 from ${this.#target} as t where ${this.#isVersion})`
  }

  /**
   * Lets every version of the keys that arrived hold until the next begins. One that was ended before that, for its key
   * was gone, stays so: the key was nowhere in between. A version that arrives is there, whatever became of it before.
   */
  get connect(): string {
    const keys = this.#keys.map((key) => `t.${key}`).join(', ')
    const order = `over (partition by ${keys} order by t.${this.#from})`
    const known = `case when exists (select 1 from ${VERSIONS} as s where ${this.#isVersion}) then null else t.${this.#to} end`
    const next = `select ${keys}, t.${this.#from}, lead(t.${this.#from}) ${order} as _ww_next, ${known} as _ww_known
 from ${this.#target} as t where exists (select 1 from ${VERSIONS} as s where ${this.#sameKey})`
    const until = `coalesce(least(s._ww_next, s._ww_known), ${this.#forEver})`
    const isLast = `(s._ww_next is null and ${until} = ${this.#forEver})`
    const set = [`${this.#to} = ${until}`, `${this.#current} = ${isLast}`, ...this.#stamped]
    return `update ${this.#target} as t set ${set.join(', ')} from (${next}) as s
where ${this.#isVersion} and (t.${this.#to} is distinct from ${until} or t.${this.#current} <> ${isLast})`
  }

  get #stamped(): readonly string[] {
    const { stamps, dialect } = this.#input
    return stamps.map(({ column, expression }) => `${dialect.identifier(column)} = ${expression}`)
  }

  get #forEver(): string {
    const { type } = this.#history.validTo
    const zone = type.kind === 'timestamptz' ? ' 00:00:00+00' : ''
    return `cast('${FOR_EVER}${zone}' as ${this.#input.dialect.typeName(type)})`
  }
}
