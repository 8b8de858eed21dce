import type { DbtFlag, Standing } from '../../src/cli/dbt-flags/dbt-flag.ts'
import { DBT_COMMANDS } from '../../src/cli/dbt-flags/dbt-flag.ts'
import { DBT_FLAGS } from '../../src/cli/dbt-flags/dbt-flags.ts'

/** docs/dbt-flags.md: every flag of dbt's and what becomes of it. */
export function dbtFlagsPage(): string {
  const rows = [...DBT_FLAGS].sort((a, b) => (a.name < b.name ? -1 : 1)).map(row)
  return `# dbt's flags

<!-- Written by \`npm run docs\` from src/cli/dbt-flags. -->

Every flag of dbt 1.10's command line, and what becomes of it here. A flag that changes nothing is taken all the same, so that a
script that calls dbt goes on working; one that is refused ends the command at once, with the reason. Flags of every command may
stand before the command as well: \`waterworks --quiet run\`.

A flag may be said on the command line, by its variable in the environment, or, as dbt has it, under \`flags:\` of dbt_project.yml
(\`debug\`, \`fail_fast\`, \`indirect_selection\`, \`log_format\`, \`log_level\`, \`partial_parse\`, \`print\`, \`quiet\`, \`target_path\`,
\`use_colors\`, \`warn_error\`, \`warn_error_options\`, \`write_json\`); what comes first wins.

| flag | variable | commands | here |
| --- | --- | --- | --- |
${rows.join('\n')}

## Warnings that are errors

\`--warn-error\` takes every warning for an error: the command ends with exit code 2, and a test of severity \`warn\` fails. With
\`--warn-error-options\` only some are: \`error\` (or \`include\`) lists them, or is \`all\`; \`warn\` (or \`exclude\`) lists what stays a warning, and
\`silence\` what is not told at all. Each is named as dbt names it, or by its [code](errors.md):

\`\`\`text
waterworks build --warn-error-options '{error: all, warn: [LogTestResult], silence: [WW1207]}'
\`\`\`

dbt's names that mean something here: \`NoNodesForSelectionCriteria\`, \`NodeNotFoundOrDisabled\`, \`NoNodeForYamlKey\`, \`MacroNotFoundForPatch\`,
\`JinjaLogWarning\`, \`UnversionedBreakingChange\` and \`LogTestResult\`. Its others, \`Deprecations\` among them, are taken and are of nothing that
Waterworks warns of.
`
}

function row(flag: DbtFlag): string {
  const { name, aliases = [], short = [], negatable, env, of, standing } = flag
  const spelled = [
    `\`--${negatable ? '[no-]' : ''}${name}\``,
    ...aliases.map((alias) => `\`--${alias}\``),
    ...short.map((letter) => `\`-${letter}\``),
  ]
  const commands = of.length === DBT_COMMANDS.length ? 'all' : of.join(', ')
  return `| ${spelled.join(', ')} | ${env === undefined ? '' : `\`${env}\``} | ${commands} | ${say(standing, flag)} |`
}

function say(standing: Standing, { of, negatable, name }: DbtFlag): string {
  switch (standing.kind) {
    case 'works': {
      const on = standing.on
      const where =
        on === undefined || on.length === of.length ? '' : ` of ${on.join(', ')}; means nothing to others`
      return `works${where}${standing.note === undefined ? '' : ` (${standing.note})`}`
    }
    case 'idle':
      return `changes nothing: ${standing.because}`
    case 'refused': {
      const which =
        standing.only === undefined || !negatable
          ? ''
          : ` (\`--${standing.only === 'off' ? 'no-' : ''}${name}\`)`
      return `**refused**${which}: ${standing.because}`
    }
  }
}
