/** The lines of a command's output that are its answer, without what it tells of its progress. */
export function printedLines(output: string): readonly string[] {
  return output
    .split('\n')
    .map((line) => line.trimEnd())
    .filter((line) => line !== '' && !/^\d\d:\d\d:\d\d /.test(line))
}
