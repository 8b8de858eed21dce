import { cpus } from 'node:os'
import { reasonOf } from './known-differences.ts'
import type { ProjectReport } from './project-report.ts'

const MOST_UNEXPLAINED = 20

/** The page that tells which public projects give the same under both. */
export function compatibilityPage(reports: readonly ProjectReport[], versions: readonly string[]): string {
  return `# Compatibility with dbt

Public dbt projects, run unmodified by dbt (${versions.join(', ')}) and by Waterworks with \`--publish immediately\`, on copies of
the same files, one thread each. Compared node by node: statuses, failures and messages, the order of results, compiled code (by
tokens), the manifest, and every table: its columns, types, constraints and rows. Columns that hold moments or ids of runs are left out.
Written by \`node scripts/dbt-compatibility.ts --write\`, which fetches each project at the commit named here.

A node that fails under both fails for the project's own reasons: most of these projects are tested on other databases.

| project | nodes, dbt | nodes | passed, dbt | passed | failed, dbt | failed | skipped, dbt | skipped | unexplained |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${reports.map(countsRow).join('\n')}
${timeSection(reports.filter(({ seconds }) => seconds.dbt.length > 0))}
## Project by project

${reports.map(section).join('\n\n')}
`
}

function timeSection(timed: readonly ProjectReport[]): string {
  if (timed.length === 0) return ''
  const rounds = Math.max(...timed.map(({ seconds }) => seconds.dbt.length))
  return `
## Time

Seconds from starting the command to its end, all commands of a project together, each in a process of its own on a new copy, with
nothing kept from an earlier run. The median of ${rounds} ${rounds === 1 ? 'round' : 'rounds'}, dbt and Waterworks in turn, on ${cpus().length} cores that did other
work as well, for both alike: the seconds say how busy the machine was, the ratio within one run how the two compare.

| project | dbt | Waterworks | ratio |
| --- | ---: | ---: | ---: |
${timed.map(timeRow).join('\n')}
`
}

function countsRow({ project, dbt, waterworks, differences }: ProjectReport): string {
  const pairs = [
    dbt.nodes,
    waterworks.nodes,
    dbt.passed,
    waterworks.passed,
    dbt.failed.length,
    waterworks.failed.length,
    dbt.skipped,
    waterworks.skipped,
  ]
  const unexplained = differences.filter((difference) => reasonOf(project.name, difference) === undefined)
  return `| ${[project.name, ...pairs, unexplained.length].join(' | ')} |`
}

function timeRow({ project, seconds }: ProjectReport): string {
  const [theirs, ours] = [median(seconds.dbt), median(seconds.waterworks)]
  return `| ${project.name} | ${theirs.toFixed(1)} | ${ours.toFixed(1)} | ${(theirs / ours).toFixed(1)} × |`
}

function section({ project, commit, dbt, differences, gated, refused }: ProjectReport): string {
  const commands = project.commands.map((command) => `\`${command.join(' ')}\``).join(', ')
  const lines = [
    `### ${project.name}`,
    '',
    `${project.repository}${project.folder && `, \`${project.folder}\``} at \`${commit}\`: ${commands}.`,
  ]
  if (refused !== undefined) lines.push('', `Both refuse the project. dbt says: ${reasonOfRefusal(refused)}`)
  if (dbt.failed.length > 0) {
    lines.push('', 'Fails under dbt:', '')
    for (const { unique_id, message } of dbt.failed) lines.push(`* \`${unique_id}\`: ${firstWords(message)}`)
  }
  if (differences.length === 0) lines.push('', 'No differences.')
  else lines.push('', 'Differences:', '', ...differenceLines(project.name, differences))
  const { held, unexplained } = gated
  if (held.length > 0) {
    lines.push(
      '',
      `With gates ${held.length} nodes end otherwise, because tests fail that look at them or at what they read.`,
    )
  }
  for (const line of unexplained) lines.push('', `With gates, unexplained: \`${line}\``)
  return lines.join('\n')
}

function differenceLines(project: string, differences: ProjectReport['differences']): readonly string[] {
  const explained = Map.groupBy(differences, (difference) => reasonOf(project, difference) ?? '')
  const unexplained = explained.get('') ?? []
  const rest = unexplained.length - MOST_UNEXPLAINED
  return [
    ...[...explained]
      .filter(([reason]) => reason !== '')
      .map(([reason, those]) => `* ${those.length} × ${reason}`),
    ...unexplained
      .slice(0, MOST_UNEXPLAINED)
      .map(({ aspect, where }) => `* unexplained: ${aspect} \`${where}\``),
    ...(rest > 0 ? [`* … and ${rest} more unexplained`] : []),
  ]
}

/** An error's own line: that it is one, and in which node, is said before it. */
function firstWords(message: string | null | undefined): string {
  const lines = linesOf(message ?? '')
  return lines[1] ?? lines[0] ?? ''
}

/** What follows the line that there was an error, without the times of day. */
function reasonOfRefusal(output: string): string {
  const lines = linesOf(output).map((line) => line.replace(/^\d\d:\d\d:\d\d\s*/, ''))
  const at = lines.findIndex((line) => /\berror\b/i.test(line))
  return lines.slice(at, at + 3).join(' ')
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2
}
