/** What a template has printed so far. A plain string that grows: V8 keeps it as a rope. */
export class Output {
  text = ''
}
