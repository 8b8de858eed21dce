/**
 * Which elements are records: `/orders/order` leads there from the root, `order` means elements of that name wherever they are, and null the
 * children of the root. Names are without prefixes.
 */
export class XmlPath {
  readonly #steps: readonly string[] | undefined
  readonly #rooted: boolean

  constructor(path: string | null) {
    this.#rooted = path?.startsWith('/') ?? false
    this.#steps = path?.replace(/^\//, '').split('/')
  }

  /** Whether the element that names from the root lead to is one. */
  matches(trail: readonly string[]): boolean {
    const steps = this.#steps
    if (steps === undefined) return trail.length === 2
    if (this.#rooted ? trail.length !== steps.length : trail.length < steps.length) return false
    const from = trail.length - steps.length
    return steps.every((step, index) => step === '*' || step === trail[from + index])
  }
}
