/**
 * Writes the types of the public API into dist/types: the declarations of src/api/index.ts and of all they mention. What
 * they mention must be ours or Node's: a user's compiler has no other packages.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const made = mkdtempSync(join(tmpdir(), 'waterworks-types-'))
const target = join(root, 'dist/types')

const IMPORT = /(?:from|import)\s*\(?\s*["']([^"']+)["']/g

function declarationOf(from: string, specifier: string): string {
  return resolve(dirname(from), specifier.replace(/\.[jt]s$/, '.d.ts'))
}

try {
  const tsc = join(root, 'node_modules/.bin/tsc')
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--stripInternal']
  const config = join(root, 'tsconfig.types.json')
  execFileSync(tsc, ['-p', config, ...options, '--outDir', made], { cwd: root, stdio: 'inherit' })
  rmSync(target, { recursive: true, force: true })
  const wanted = [join(made, 'api/index.d.ts')]
  const seen = new Set<string>()
  for (let file = wanted.pop(); file !== undefined; file = wanted.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    if (!existsSync(file)) throw new Error(`${relative(made, file)} was not made`)
    for (const [, specifier = ''] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      if (specifier.startsWith('.')) wanted.push(declarationOf(file, specifier))
      else if (!specifier.startsWith('node:')) {
        throw new Error(`${relative(made, file)} mentions ${specifier}, which users do not have`)
      }
    }
    const place = join(target, relative(made, file))
    mkdirSync(dirname(place), { recursive: true })
    cpSync(file, place)
  }
} finally {
  rmSync(made, { recursive: true, force: true })
}
