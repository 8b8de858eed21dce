/**
 * Adds to package-lock.json the optional packages of other platforms that a registry did not have when the lockfile was
 * written. `npm ci` refuses a lockfile without them, although it would install none of them here. Run it after every
 * `npm install` that changed the lockfile; `--check` fails when something is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs'

interface LockedPackage {
  version?: string
  dev?: boolean
  optional?: boolean
  optionalDependencies?: Record<string, string>
  os?: string[]
  cpu?: string[]
  libc?: string[]
}

const path = new URL('../package-lock.json', import.meta.url)
const lock: { packages: Record<string, LockedPackage> } = JSON.parse(readFileSync(path, 'utf8'))
const SYSTEMS = [
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'aix',
  'win32',
]
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** Which machines a package is for, told from its name: `…-linux-x64-musl`, `windows-x64`, `…-wasm32-wasi`. */
function platform(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.replace('windows', 'win32').split(/[-/]/)
  const os = SYSTEMS.filter((system) => words.includes(system))
  const cpu = PROCESSORS.filter((processor) => words.includes(processor))
  if (name === 'fsevents') return { os: ['darwin'] }
  const libc = words.includes('musl') ? { libc: ['musl'] } : {}
  return { ...(os.length > 0 ? { os } : {}), ...(cpu.length > 0 ? { cpu } : {}), ...libc }
}

const missing: string[] = []
for (const [place, owner] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(owner.optionalDependencies ?? {})) {
    const nested = `${place}/node_modules/${name}`
    const hoisted = `node_modules/${name}`
    if (nested in lock.packages || hoisted in lock.packages) continue
    const version = /\d+\.\d+\.\d+[^\s|]*/.exec(range)?.[0]
    if (version === undefined)
      throw new Error(`${name} is optional for ${place} in an unclear version: ${range}`)
    missing.push(name)
    lock.packages[hoisted] = {
      version,
      ...platform(name),
      ...(owner.dev ? { dev: true } : {}),
      optional: true,
    }
  }
}

if (missing.length === 0) process.exit(0)
if (process.argv.includes('--check')) {
  console.error(`package-lock.json lacks ${missing.join(', ')}: run \`node scripts/complete-lockfile.ts\``)
  process.exit(1)
}
const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1))
writeFileSync(path, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, undefined, 2)}\n`)
console.log(`added ${missing.length} packages of other platforms`)
