/** Python's range(). */
export class PyRange {
  readonly start: number
  readonly stop: number
  readonly step: number
  readonly length: number
  readonly hashesByIdentity = true

  constructor(start: number, stop: number, step: number) {
    this.start = start
    this.stop = stop
    this.step = step
    this.length = Math.max(0, Math.ceil((stop - start) / step))
  }

  get typeName(): string {
    return 'range'
  }

  at(index: number): number {
    return this.start + index * this.step
  }

  *[Symbol.iterator](): Generator<number> {
    for (let i = 0; i < this.length; i++) yield this.at(i)
  }
}
