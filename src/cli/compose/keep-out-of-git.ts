import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Has git ignore the project's `.waterworks` folder, so that nobody commits a warehouse; what stands there already stays. */
export function keepOutOfGit(home: string): void {
  const file = join(home, '.gitignore')
  if (existsSync(file)) return
  mkdirSync(home, { recursive: true })
  writeFileSync(file, '# What Waterworks keeps is made again, or belongs to this machine.\n*\n')
}
