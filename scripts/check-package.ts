/**
 * Packs the package, installs the tarball into an empty folder as a user would, and builds a small project with it:
 * what is published must start as plain JavaScript and hold all it needs.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const place = mkdtempSync(join(tmpdir(), 'waterworks-package-'))

function run(cwd: string, command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

function expect(what: string, holds: boolean): void {
  console.log(`${holds ? 'ok' : 'FAILED'}: ${what}`)
  if (!holds) process.exitCode = 1
}

try {
  run(root, 'npm', 'run', '--silent', 'build')
  // Built just now: packing would build once more, and say so in the middle of its JSON.
  const pack = ['pack', '--json', '--ignore-scripts', '--pack-destination', place]
  const packed: unknown = JSON.parse(run(root, 'npm', ...pack))
  const listing = JSON.stringify(packed)
  const tarball = /"filename":\s*"([^"]+)"/.exec(listing)?.[1] ?? ''
  const paths = [...listing.matchAll(/"path":\s*"([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(
    'no source, test or example is packed',
    !paths.some((path) => /^(src|test|bench|examples)\//.test(path)),
  )
  expect('the licence and the readme are packed', paths.includes('LICENSE') && paths.includes('README.md'))

  const project = join(place, 'project')
  mkdirSync(join(project, 'pipelines'), { recursive: true })
  mkdirSync(join(project, 'models'))
  writeFileSync(join(project, 'package.json'), '{"private": true}')
  writeFileSync(join(project, 'waterworks.yml'), 'name: packed\n')
  writeFileSync(join(project, 'people.csv'), 'id,name\n1,Ada\n2,Grace\n')
  writeFileSync(
    join(project, 'pipelines', 'people.yml'),
    'pipeline:\n  name: people\n  extract: {source_system: hr, strategy: full, files: people.csv}\n  load: {strategy: append}\n',
  )
  writeFileSync(join(project, 'models', 'names.sql'), "select name from {{ source('hr', 'people') }}\n")
  run(project, 'npm', 'install', '--no-fund', '--no-audit', '--loglevel=error', join(place, tarball))
  const binary = join(project, 'node_modules', 'waterworks', 'bin', 'waterworks.js')
  const waterworks = (...args: string[]) => run(project, process.execPath, binary, ...args)
  expect('it tells its version', /^waterworks \d/.test(waterworks('--version')))
  expect('it builds a project', /"status": "success"/.test(waterworks('build', '--json')))
  expect(
    'it reads what it built',
    waterworks('sql', 'select count(*) as n from names', '--format', 'csv').includes('2'),
  )
} finally {
  rmSync(place, { recursive: true, force: true })
}
