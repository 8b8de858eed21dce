/**
 * `npm run bench [-- CASE …] [--check]`: measures, prints a table, and with `--check` fails when a target is missed.
 * Timings are of this machine and this moment; ratios compare two things measured in turn.
 */
import { cpus, totalmem } from 'node:os'
import { anomalies } from './cases/anomalies.ts'
import { batches } from './cases/batches.ts'
import { checks } from './cases/checks.ts'
import { dbtProjects } from './cases/dbt-projects.ts'
import { fileToTable } from './cases/file-to-table.ts'
import { flights } from './cases/flights.ts'
import { memory } from './cases/memory.ts'
import { personalData } from './cases/personal-data.ts'
import { postgresSource } from './cases/postgres-source.ts'
import { smallSteps } from './cases/small-steps.ts'
import { sources } from './cases/sources.ts'
import { startup } from './cases/startup.ts'
import { holds, type Measurement } from './measurement.ts'

const cases = [
  startup,
  smallSteps,
  fileToTable,
  personalData,
  flights,
  postgresSource,
  sources,
  memory,
  batches,
  dbtProjects,
  anomalies,
  checks,
]
const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const chosen =
  wanted.length === 0 ? cases : cases.filter((each) => wanted.some((word) => each.name.includes(word)))
if (chosen.length === 0) throw new Error(`no benchmark has a name like ${wanted.join(', ')}`)

const results: Measurement[] = []
for (const each of chosen) {
  process.stderr.write(`measuring ${each.name}…\n`)
  results.push(...(await each.run()))
}

const model = cpus()[0]?.model ?? 'an unknown processor'
console.log(
  `${cpus().length} × ${model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
)
console.log('| benchmark | what | measured | target | |\n|---|---|---:|---:|---|')
for (const result of results) {
  const sign = result.better === 'lower' ? '≤' : '≥'
  const cells = [
    result.name,
    result.says,
    show(result.value, result),
    `${sign} ${show(result.budget, result)}`,
  ]
  console.log(`| ${cells.join(' | ')} | ${holds(result) ? 'met' : '**missed**'} |`)
}
if (process.argv.includes('--check') && !results.every(holds)) process.exitCode = 1

function show(value: number, { unit }: Measurement): string {
  if (unit === 'x') return `${value.toFixed(2)} ×`
  if (unit === 'rows/s') return `${(value / 1e6).toFixed(2)} M rows/s`
  return `${value.toFixed(unit === 's' ? 2 : value < 10 ? 2 : 0)} ${unit}`
}
