/** The parts of an output that differ from run to run, and how wide columns are, made the same. */
function steady(text: string): string {
  return (
    text
      .replaceAll('\r', '')
      // npm has its own to say about a machine's settings.
      .replace(/^npm (?:warn|notice).*\n?/gm, '')
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<run>')
      .replace(/\b[0-9a-f]{12}-(\d+)\b/g, '<id>-$1')
      .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
      .replace(/\b\d+(?:\.\d+)? (?:ms|s)\b/g, '<seconds>')
      .replace(/just now|\d+ (?:second|minute)s? ago/g, '<ago>')
      .replace(/[ \t]+/g, ' ')
      .replace(/^ | $/gm, '')
      .replace(/─+/g, '─')
      .trim()
  )
}

/** Whether an output is what a page shows of it; `…` on the page stands for anything, a line of it for any lines. */
export function isAlike(output: string, shown: string): boolean {
  const pattern = steady(shown)
    .split('…')
    .map((piece) => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[\\s\\S]*?')
  return new RegExp(`^${pattern}$`).test(steady(output))
}
