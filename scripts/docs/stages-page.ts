import { operationMapping } from '../../src/project/schema/operation-entry.ts'
import { STAGES } from '../../src/transform/operation-definition.ts'
import { operationNamed, operationNames } from '../../src/transform/operation-table.ts'
import { keyTable } from './key-table.ts'

const intros: Readonly<Record<(typeof STAGES)[number], string>> = {
  clean: 'Values as they should have come, and rows that should not have.',
  conform: 'One way of writing what sources write in many.',
  enrich: 'Columns made of others, and of other tables.',
  aggregate:
    'Several rows of one, one of several, and columns that look at other rows. They see the rows of one load: where the whole source is to be folded, use `truncate-reload`, or a model.',
}

/** docs/stages.md: every operation with its options and an example, from the definitions that do the work. */
export function stagesPage(): string {
  return `# Stages and operations

\`transform.stages\` of a [pipeline](pipelines.md#transform) is work on rows between their landing and the table, done by the warehouse, on
columns, in the order in which it is written. Each operation below may stand in any stage.

* Columns are named as they are at that point. A name that rows do not have there stops the load, and the message says where in the file it stands.
* A row's fate is decided once. A row that is left out or rejected is not seen by what comes after it.
* Every row is in [the ledger](loading.md#the-ledger): the column *counts as* says what an operation may make of rows. *held* means that the load as a whole waits.
* Rejected rows go to the quarantine as they arrived. Where a record became several rows it is rejected, and put back, as a whole. Behind
  a \`rollup\` or \`pivot\` no row can be rejected (it holds the load), and what was rejected before one cannot be put back alone (WW4306).
* \`phone\`, \`keyed_hash\` and \`tokenize\` are done outside of the warehouse, once for each distinct value, and joined to the rows: it has no plans of phone
  numbers, and is not told keys. What lands and what is rejected has values as they came; where that may not be, [treat them before they
  land](personal-data.md).

This page is generated from \`src/transform/operations/\` by \`npm run docs\`.
${STAGES.map(stageSection).join('')}`
}

function stageSection(stage: (typeof STAGES)[number]): string {
  const own = operationNames.filter((name) => operationNamed(name).stage === stage)
  const rows = own.map((name) => {
    const { summary, effects } = operationNamed(name)
    return `| [\`${name}\`](#${name}) | ${summary.replaceAll('|', '\\|')} | ${effects.join(', ') || 'as it was'} |`
  })
  return `
## ${stage}

${intros[stage]}

| operation | does | counts as |
| --- | --- | --- |
${rows.join('\n')}
${own.map(operationSection).join('')}`
}

function operationSection(name: (typeof operationNames)[number]): string {
  return `
### ${name}

\`\`\`yaml
- ${operationNamed(name).example}
\`\`\`
${options(name)}`
}

/** Its options where it has options of its own; some take columns by name alone. */
function options(name: string): string {
  try {
    return `\n${keyTable(operationMapping, [name])}\n`
  } catch {
    return ''
  }
}
