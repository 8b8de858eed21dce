/** Text in the terminal's gray, where colours are wanted. */
export function gray(text: string, color: boolean): string {
  return color ? `\u001b[90m${text}\u001b[39m` : text
}
