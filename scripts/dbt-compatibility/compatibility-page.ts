import type { Difference } from '../dbt-oracle/difference.ts'
import { reasonOf } from './known-differences.ts'
import type { PublicProject } from './public-project.ts'
import type { Tally } from './tally.ts'

/** What a public project gave, under dbt and under Waterworks. */
export interface ProjectReport {
  readonly project: PublicProject
  readonly commit: string
  readonly dbt: Tally
  readonly waterworks: Tally
  readonly differences: readonly Difference[]
}

const MOST_UNEXPLAINED = 20

/** The page that tells which public projects give the same under both. */
export function compatibilityPage(reports: readonly ProjectReport[], versions: string): string {
  return `# Compatibility with dbt

Public dbt projects, run unmodified by dbt and by Waterworks with \`--publish immediately\` on copies of the same files, and
compared: statuses, failures, tables row by row, compiled code and the manifest. Written by
\`node scripts/dbt-compatibility.ts --write\`, which fetches each project at the commit named here. ${versions}

A node that fails under both fails for the project's own reasons: most of these projects are tested on other databases.

| project | nodes | passed, dbt | passed | failed, dbt | failed | skipped, dbt | skipped | differences |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${reports.map(row).join('\n')}

${reports.map(section).join('\n\n')}
`
}

function row({ project, dbt, waterworks, differences }: ProjectReport): string {
  const pairs = [
    dbt.passed,
    waterworks.passed,
    dbt.failed.length,
    waterworks.failed.length,
    dbt.skipped,
    waterworks.skipped,
  ]
  return `| ${[project.name, dbt.nodes, ...pairs, differences.length].join(' | ')} |`
}

function section({ project, commit, dbt, differences }: ProjectReport): string {
  const commands = project.commands.map((command) => `\`${command.join(' ')}\``).join(', ')
  const lines = [
    `## ${project.name}`,
    '',
    `${project.repository}${project.folder && `, \`${project.folder}\``} at \`${commit}\`: ${commands}.`,
  ]
  if (dbt.failed.length > 0) {
    lines.push('', 'Fails under dbt:', '')
    for (const { unique_id, message } of dbt.failed) lines.push(`* \`${unique_id}\`: ${firstWords(message)}`)
  }
  if (differences.length === 0) return [...lines, '', 'No differences.'].join('\n')
  const explained = Map.groupBy(differences, (difference) => reasonOf(project.name, difference) ?? '')
  lines.push('', 'Differences:', '')
  for (const [reason, those] of explained) {
    if (reason !== '') lines.push(`* ${those.length} × ${reason}`)
  }
  const unexplained = explained.get('') ?? []
  for (const { aspect, where } of unexplained.slice(0, MOST_UNEXPLAINED))
    lines.push(`* unexplained: ${aspect} \`${where}\``)
  if (unexplained.length > MOST_UNEXPLAINED)
    lines.push(`* … and ${unexplained.length - MOST_UNEXPLAINED} more unexplained`)
  return lines.join('\n')
}

/** An error's own line: that it is one, and in which node, is said before it. */
function firstWords(message: string | null | undefined): string {
  const lines = (message ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return lines[1] ?? lines[0] ?? ''
}
