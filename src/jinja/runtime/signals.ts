/** Thrown to leave a macro with a value: what dbt's `return(value)` does. Every macro call unwraps it. */
export class ReturnSignal {
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
  }
}
