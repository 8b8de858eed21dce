/**
 * Silence after what was strange: of a series of scores only those are left that exceed all before them within a while. What
 * stays as it became is told once.
 */
export class Quiet {
  /** Scores that could silence one that comes, each larger than those behind it, with their positions. */
  readonly #loud: { readonly position: number; readonly score: number }[] = []
  #position = 0

  /** The score, or 0 where one of the last `within` was at least as large. */
  next(score: number, within: number): number {
    const from = this.#position - within
    while (this.#loud.length > 0 && this.#loud[0]!.position < from) this.#loud.shift()
    const isSilenced = this.#loud.length > 0 && this.#loud[0]!.score >= score
    while (this.#loud.length > 0 && this.#loud.at(-1)!.score <= score) this.#loud.pop()
    this.#loud.push({ position: this.#position, score })
    this.#position += 1
    return isSilenced ? 0 : score
  }
}
