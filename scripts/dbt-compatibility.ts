/**
 * `node scripts/dbt-compatibility.ts [PROJECT …] [--mirror FOLDER] [--rounds N] [--kept] [--dbt] [--write]`: runs public dbt
 * projects under dbt and Waterworks and compares what both leave. Repositories come from GitHub, or from clones in FOLDER
 * (`<owner>+<name>/repo`). `--rounds` times both as well, in turn, that often. `--dbt` runs dbt alone.
 *
 * What dbt did, and the report of each project, are kept in the temporary folder: `--kept` goes by what dbt did before with the
 * same commit; `--write` writes docs/compatibility.md from the reports of all projects. Ends with 1 where there is a
 * difference that nobody has explained.
 */
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compareGated } from './dbt-compatibility/compare-gated.ts'
import { compatibilityPage } from './dbt-compatibility/compatibility-page.ts'
import { dbtCommand } from './dbt-compatibility/dbt-command.ts'
import { KeptOutcomes } from './dbt-compatibility/kept-outcomes.ts'
import { KeptReports } from './dbt-compatibility/kept-reports.ts'
import { reasonOf } from './dbt-compatibility/known-differences.ts'
import { commitOf, type Repositories } from './dbt-compatibility/obtain-repository.ts'
import { publicProjects } from './dbt-compatibility/public-projects.ts'
import { runProject, timeProject } from './dbt-compatibility/run-project.ts'
import { type Tally, tally } from './dbt-compatibility/tally.ts'
import { compareOutcomes } from './dbt-oracle/compare-outcomes.ts'
import { DBT_PACKAGES } from './dbt-oracle/real-dbt.ts'
import { gatedWaterworks, waterworks } from './dbt-oracle/waterworks-program.ts'

const MOST_SHOWN = 50
const PAGE = fileURLToPath(new URL('../docs/compatibility.md', import.meta.url))

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    mirror: { type: 'string' },
    rounds: { type: 'string', default: '0' },
    dbt: { type: 'boolean' },
    kept: { type: 'boolean' },
    write: { type: 'boolean' },
  },
})
const rounds = Number(flags.rounds)
const root = join(tmpdir(), 'waterworks-compatibility')
const repositories: Repositories = { mirror: flags.mirror, cache: join(root, 'clones') }
const place = { repositories, root }
const chosen = publicProjects.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
const dbt = dbtCommand((reason) => console.error(reason))
if (dbt === undefined) process.exit(2)

const reports = new KeptReports(join(root, 'reports'))
const outcomes = new KeptOutcomes(join(root, 'dbt'))
for (const project of chosen) {
  const { name, repository, revision } = project
  const commit = commitOf(repositories, repository, revision)
  const before = flags.kept ? outcomes.read(name, commit) : undefined
  const expected = before ?? (await runProject(dbt, project, place))
  if (before === undefined) outcomes.write(name, commit, expected)
  const theirs = tally(expected)
  tell(name, 'dbt', theirs)
  if (flags.dbt) continue
  const got = await runProject(waterworks, project, place)
  const ours = tally(got)
  tell(name, 'Waterworks', ours)
  const seconds: { dbt: number[]; waterworks: number[] } = { dbt: [], waterworks: [] }
  for (let round = 0; round < rounds; round++) {
    seconds.dbt.push(await timeProject(dbt, project, place))
    seconds.waterworks.push(await timeProject(waterworks, project, place))
  }
  const differences = expected.flatMap((outcome, i) =>
    compareOutcomes(outcome, got[i]!, { compiled: 'tokens', printed: false, looks: false }),
  )
  const unexplained = differences.filter((difference) => reasonOf(name, difference) === undefined)
  for (const { aspect, where } of unexplained.slice(0, MOST_SHOWN)) console.log(`  ${aspect} ${where}`)
  const compared = compareGated(got, await runProject(gatedWaterworks, project, place))
  const isKnown = (line: string) =>
    reasonOf(name, { aspect: 'results', where: `.${line}`, expected: null, got: null })
  const gated = {
    ...compared,
    unexplained: compared.unexplained.filter((line) => isKnown(line) === undefined),
  }
  for (const line of gated.unexplained) console.log(`  gated: ${line}`)
  if (unexplained.length + gated.unexplained.length > 0) process.exitCode = 1
  const refused = expected.every(({ results }) => results === undefined) ? expected[0]?.output : undefined
  reports.write(project, { commit, dbt: theirs, waterworks: ours, differences, gated, seconds, refused })
}
if (flags.write) writeFileSync(PAGE, compatibilityPage(reports.all(publicProjects), DBT_PACKAGES))

function tell(project: string, program: string, { nodes, passed, failed, skipped, seconds }: Tally): void {
  const counts = `${nodes} nodes, ${passed} passed, ${failed.length} failed, ${skipped} skipped`
  console.log(`${project}, ${program}: ${counts} in ${seconds.toFixed(1)} s`)
}
