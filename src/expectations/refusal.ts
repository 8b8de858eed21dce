/** Why an expectation is not judged: told in the result of that expectation, while the others go on. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
