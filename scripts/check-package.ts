/**
 * Packs the package, installs the tarball into an empty folder as a user would, and builds a small project with it:
 * what is published must start as plain JavaScript and hold all it needs.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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
  run(root, 'npm', 'run', '--silent', 'build:types')
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

  const schemas = readdirSync(join(root, 'schemas')).map((name) => `schemas/${name}`)
  expect('the schemas are packed', schemas.length > 0 && schemas.every((path) => paths.includes(path)))

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

  // From nothing to a built project, as the readme says it.
  const npx = (cwd: string, ...args: string[]) => run(cwd, 'npx', '--no', 'waterworks', ...args)
  npx(project, 'init', 'x', '--files', 'people.csv')
  expect('what init made builds', /"status": "success"/.test(npx(join(project, 'x'), 'build', '--json')))

  writeFileSync(
    join(project, 'embed.mts'),
    `import { loadProject, plan, run, type RunReport } from 'waterworks'
const project = await loadProject('x')
const { tasks } = await plan(project)
const report: RunReport = await run(project)
console.log(tasks.length, report.status)
`,
  )
  const tsc = join(root, 'node_modules/.bin/tsc')
  const strict = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--types', '']
  expect('its types satisfy a strict compiler', run(project, tsc, ...strict, 'embed.mts') === '')
  expect('programs can import it', run(project, process.execPath, 'embed.mts') === '2 success\n')
} finally {
  rmSync(place, { recursive: true, force: true })
}
