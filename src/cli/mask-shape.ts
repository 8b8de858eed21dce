/**
 * A text's shape without its content: letters become x, digits 9, everything else stays, so that a person sees what
 * is wrong with a value (a letter in a number, a missing @) and not the value.
 */
export function maskShape(text: string): string {
  return text.replace(/[\p{L}\p{M}]/gu, 'x').replace(/\p{N}/gu, '9')
}
