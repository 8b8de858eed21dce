/**
 * Thrown where a template asks the warehouse while there is no connection to it. Not an error: it leaves a rendering untouched,
 * and whoever renders then waits until the node runs. `asked` is what was called, for `plan` to say.
 */
export class NeedsWarehouse {
  readonly asked: string

  constructor(asked: string) {
    this.asked = asked
  }
}
