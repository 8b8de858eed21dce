import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'

/**
 * Which of the values stand in which files below a folder, as they are, in UTF-16, in base64 or as hexadecimal digits.
 * @param isLooked whether a file is looked into, by its path in the folder
 */
export async function clearValues(
  folder: string,
  values: readonly string[],
  isLooked: (path: string) => boolean = () => true,
): Promise<readonly string[]> {
  const spelled = values.flatMap((value) => {
    const bytes = Buffer.from(value)
    return [bytes, Buffer.from(value, 'utf16le'), Buffer.from(bytes.toString('hex'))].map((spelling) => ({
      value,
      spelling,
    }))
  })
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || !isLooked(relative(folder, path))) continue
    const content = await readFile(path).catch(() => Buffer.alloc(0))
    for (const { value, spelling } of spelled) {
      if (content.includes(spelling)) found.push(`${relative(folder, path)}: ${value}`)
    }
  }
  return found
}
