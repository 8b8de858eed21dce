/** How many characters (code points) and lines a text has; a last line without an end is one too. */
export function documentCounts(content: string): { readonly characters: number; readonly lines: number } {
  let characters = 0
  for (let at = 0; at < content.length; at++) if ((content.charCodeAt(at) & 0xfc00) !== 0xdc00) characters++
  let lines = content === '' || content.endsWith('\n') ? 0 : 1
  for (let at = content.indexOf('\n'); at !== -1; at = content.indexOf('\n', at + 1)) lines++
  return { characters, lines }
}
