/**
 * `node scripts/dbt-compatibility.ts [PROJECT …] [--mirror FOLDER] [--dbt] [--write]`: runs public dbt projects under dbt
 * and Waterworks and compares what both leave. Repositories come from GitHub, or from clones in FOLDER
 * (`<owner>+<name>/repo`). `--dbt` runs dbt alone; `--write` writes docs/compatibility.md.
 */
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compatibilityPage, type ProjectReport } from './dbt-compatibility/compatibility-page.ts'
import { commitOf, type Repositories } from './dbt-compatibility/obtain-repository.ts'
import { publicProjects } from './dbt-compatibility/public-projects.ts'
import { runProject } from './dbt-compatibility/run-project.ts'
import { type Tally, tally } from './dbt-compatibility/tally.ts'
import { compareOutcomes } from './dbt-oracle/compare-outcomes.ts'
import { DBT_PACKAGES, RealDbt } from './dbt-oracle/real-dbt.ts'
import { waterworks } from './dbt-oracle/waterworks-program.ts'

const PAGE = fileURLToPath(new URL('../docs/compatibility.md', import.meta.url))

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { mirror: { type: 'string' }, dbt: { type: 'boolean' }, write: { type: 'boolean' } },
})
const root = join(tmpdir(), 'waterworks-compatibility')
const repositories: Repositories = { mirror: flags.mirror, cache: join(root, 'clones') }
const chosen = publicProjects.filter(({ name }) => positionals.length === 0 || positionals.includes(name))
const dbt = RealDbt.start((reason) => console.error(reason))
if (dbt === undefined) process.exit(2)

const reports: ProjectReport[] = []
for (const project of chosen) {
  const expected = await runProject(dbt, project, repositories, root)
  const theirs = tally(expected)
  tell(project.name, 'dbt', theirs)
  if (flags.dbt) continue
  const got = await runProject(waterworks, project, repositories, root)
  const ours = tally(got)
  tell(project.name, 'Waterworks', ours)
  const differences = expected.flatMap((outcome, i) =>
    compareOutcomes(outcome, got[i]!, { compiled: 'tokens', printed: false }),
  )
  for (const { aspect, where } of differences.slice(0, 50)) console.log(`  ${aspect} ${where}`)
  const commit = commitOf(repositories, project.repository, project.revision)
  reports.push({ project, commit, dbt: theirs, waterworks: ours, differences })
}
dbt.close()
if (flags.write) writeFileSync(PAGE, compatibilityPage(reports, `Compared with ${DBT_PACKAGES.join(', ')}.`))

function tell(project: string, program: string, { nodes, passed, failed, skipped, seconds }: Tally): void {
  const counts = `${nodes} nodes, ${passed} passed, ${failed.length} failed, ${skipped} skipped`
  console.log(`${project}, ${program}: ${counts} in ${seconds.toFixed(1)} s`)
}
