import { RECORD_NUMBER } from './staged-part.ts'

/**
 * Names for a file's columns: as the file has them, save that a missing name becomes `column_<n>` and a repeated
 * one (engines fold case, so `ID` repeats `id`) gets `_1`, `_2`, … at its end.
 */
export function columnNames(header: readonly string[]): readonly string[] {
  const given = new Set(header.map(fold))
  const taken = new Set([RECORD_NUMBER])
  return header.map((text, index) => {
    const base = text.trim() === '' ? `column_${index + 1}` : text
    let name = base
    for (let suffix = 1; taken.has(fold(name)) || (name !== base && given.has(fold(name))); suffix++) {
      name = `${base}_${suffix}`
    }
    taken.add(fold(name))
    return name
  })
}

function fold(name: string): string {
  return name.toLowerCase()
}
