/** Something to do, once what is named in `after` is done. */
export interface Scheduled {
  readonly id: string
  /** Ids of other units. */
  readonly after: readonly string[]
}

/**
 * Which of many units may start, the earliest given first. Every unit is given out once, or falls with one that it waits for;
 * each end costs as much as it has units waiting for it, however many there are in all.
 */
export class Schedule<T extends Scheduled> {
  readonly #positions: ReadonlyMap<string, number>
  readonly #waiting: Map<string, T>
  /** How many of its `after` are still to end, by unit. */
  readonly #open = new Map<string, number>()
  readonly #waiters = new Map<string, T[]>()
  /** Those that may start, the earliest last. */
  readonly #ready: T[] = []

  constructor(units: readonly T[]) {
    this.#positions = new Map(units.map(({ id }, position) => [id, position]))
    this.#waiting = new Map(units.map((unit) => [unit.id, unit]))
    for (const unit of units.toReversed()) {
      const after = new Set(unit.after)
      this.#open.set(unit.id, after.size)
      if (after.size === 0) this.#ready.push(unit)
    }
    for (const unit of units) {
      for (const id of new Set(unit.after)) {
        const waiters = this.#waiters.get(id)
        if (waiters) waiters.push(unit)
        else this.#waiters.set(id, [unit])
      }
    }
  }

  /** Whether all are given out or fallen. */
  get isEmpty(): boolean {
    return this.#waiting.size === 0
  }

  /** The earliest unit that waits for nothing more, which is given out with this. */
  take(): T | undefined {
    const unit = this.#ready.pop()
    if (unit !== undefined) this.#waiting.delete(unit.id)
    return unit
  }

  /** Takes out all that is left, in the order given. */
  takeAll(): readonly T[] {
    const left = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#ready.length = 0
    return left
  }

  /** A unit ended well: those that waited for it alone may start. */
  succeeded(id: string): void {
    for (const unit of this.#waiters.get(id) ?? []) {
      const open = this.#open.get(unit.id)! - 1
      this.#open.set(unit.id, open)
      if (open === 0 && this.#waiting.has(unit.id)) this.#admit(unit)
    }
  }

  /** A unit did not end well. Gives what falls with it, each with the unit in its `after` that it falls with. */
  failed(id: string): readonly { readonly unit: T; readonly with: string }[] {
    const fallen: { readonly unit: T; readonly with: string }[] = []
    const bad = [id]
    for (let next = bad.pop(); next !== undefined; next = bad.pop()) {
      for (const unit of this.#waiters.get(next) ?? []) {
        if (!this.#waiting.delete(unit.id)) continue
        fallen.push({ unit, with: next })
        bad.push(unit.id)
      }
    }
    return fallen
  }

  #admit(unit: T): void {
    const position = this.#position(unit)
    let [low, high] = [0, this.#ready.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#position(this.#ready[middle]!) > position) low = middle + 1
      else high = middle
    }
    this.#ready.splice(low, 0, unit)
  }

  #position(unit: T): number {
    return this.#positions.get(unit.id)!
  }
}
