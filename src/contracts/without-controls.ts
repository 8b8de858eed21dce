/** A text of a contract as it may be shown: on one line, without what moves a cursor, rings a bell or turns the direction of writing. */
export function withoutControls(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
}
