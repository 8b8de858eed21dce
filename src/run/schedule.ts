/** Something to do, once what is named in `after` is done. */
export interface Scheduled {
  readonly id: string
  /** Ids of other units. */
  readonly after: readonly string[]
  /** A unit that waits for this one and whose turn this one takes part in: of a unit test, the model that it judges. */
  readonly inTurnOf?: string | undefined
}

/** A unit whose turn it is, and what it fell with: one that it waits for, which did not end well. */
export interface Turn<T> {
  readonly unit: T
  readonly fellWith: string | undefined
}

/**
 * Which of many units comes next, in dbt's order: first come, first served; what may start at the same moment by its depth in the
 * graph, then by its id. Every unit is given out once, one that fell as well. Each end costs as much as it has units waiting
 * for it, however many there are in all.
 */
export class Schedule<T extends Scheduled> {
  readonly #units: ReadonlyMap<string, T>
  /** How many of its `after` are still to end, by unit. */
  readonly #open = new Map<string, number>()
  readonly #waiters = new Map<string, T[]>()
  readonly #levels: ReadonlyMap<string, number>
  readonly #fallen = new Map<string, string>()
  readonly #given = new Set<string>()
  /** Those that may start, from `#next` on. */
  readonly #queue: T[] = []
  #next = 0

  constructor(units: readonly T[]) {
    this.#units = new Map(units.map((unit) => [unit.id, unit]))
    for (const unit of units) {
      const after = new Set(unit.after)
      this.#open.set(unit.id, after.size)
      for (const id of after) {
        const waiters = this.#waiters.get(id)
        if (waiters) waiters.push(unit)
        else this.#waiters.set(id, [unit])
      }
    }
    const first = units.filter(({ id }) => this.#open.get(id) === 0)
    this.#levels = this.#levelsFrom(first)
    this.#admit(first)
  }

  /** Whether all are given out. */
  get isEmpty(): boolean {
    return this.#given.size === this.#units.size
  }

  /** The next unit that waits for nothing more, which is given out with this. */
  take(): Turn<T> | undefined {
    const unit = this.#queue[this.#next]
    if (unit === undefined) return undefined
    this.#next++
    this.#given.add(unit.id)
    return { unit, fellWith: this.#fallen.get(unit.id) }
  }

  /** Takes out all that is left, in the order given. */
  takeAll(): readonly T[] {
    const left = [...this.#units.values()].filter(({ id }) => !this.#given.has(id))
    for (const { id } of left) this.#given.add(id)
    this.#queue.length = 0
    this.#next = 0
    return left
  }

  /** A unit that was given out ended: those that waited for it alone may start, or fall with it unless it ended well. */
  ended(id: string, how: 'well' | 'badly'): void {
    this.#end([id], how)
  }

  /** Units that were given out fell at one moment: what may start, or fall, because of any of them does so at one moment too. */
  fell(ids: readonly string[]): void {
    this.#end(ids, 'badly')
  }

  #end(ids: readonly string[], how: 'well' | 'badly'): void {
    const ready: T[] = []
    for (const id of ids) {
      for (const unit of this.#waiters.get(id) ?? []) {
        // Of several the last is what it fell with, as in dbt.
        if (how === 'badly') this.#fallen.set(unit.id, id)
        const open = this.#open.get(unit.id)! - 1
        this.#open.set(unit.id, open)
        if (open === 0 && !this.#given.has(unit.id)) ready.push(unit)
      }
    }
    const turns = new Set(ids.map((id) => this.#units.get(id)?.inTurnOf))
    const own = ready.filter((unit) => turns.has(unit.id))
    this.#admit(ready.filter((unit) => !turns.has(unit.id)))
    // They have had their turn already.
    this.#queue.splice(this.#next, 0, ...own)
  }

  #admit(ready: readonly T[]): void {
    this.#queue.push(...ready.toSorted((a, b) => this.#compare(a, b)))
  }

  #compare(a: T, b: T): number {
    const byLevel = this.#levels.get(a.id)! - this.#levels.get(b.id)!
    return byLevel || compareTexts(a.inTurnOf ?? a.id, b.inTurnOf ?? b.id) || compareTexts(a.id, b.id)
  }

  /** How many units lie above each on the longest way; those that share a turn lie side by side. */
  #levelsFrom(first: readonly T[]): ReadonlyMap<string, number> {
    const levels = new Map(first.map(({ id }) => [id, 0]))
    const open = new Map(this.#open)
    const ready = [...first]
    for (const { id, inTurnOf } of ready) {
      for (const unit of this.#waiters.get(id) ?? []) {
        const level = levels.get(id)! + (inTurnOf === unit.id ? 0 : 1)
        levels.set(unit.id, Math.max(levels.get(unit.id) ?? 0, level))
        open.set(unit.id, open.get(unit.id)! - 1)
        if (open.get(unit.id) === 0) ready.push(unit)
      }
    }
    return levels
  }
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
