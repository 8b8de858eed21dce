import { fileOptions } from '../../src/project/schema/file-entry.ts'
import { pipelineFile } from '../../src/project/schema/pipeline-file.ts'
import { keyTable } from './key-table.ts'

const keys = (path: string, without?: readonly string[]): string =>
  keyTable(pipelineFile, ['pipeline', ...path.split('.').filter(Boolean)], without)

/** docs/pipelines.md: every key of a pipeline file, from the schema that reads it. */
export function pipelinesPage(): string {
  return `# Pipeline files

A pipeline takes files to tables. Each file under \`pipelines/\` (\`.yml\` or \`.yaml\`) holds one, under the key \`pipeline\`. It is
one node of the graph; each table it fills is a source that models read with \`source('<source_system>', '<table>')\`, and is
called \`raw_<source_system>_<table>\` in the warehouse.

A key that does not exist is an error with a suggestion. A key whose capability does not exist yet is marked *not yet*
here: it is checked and gives a warning (an error, where going on would load other data than was asked for). Texts may
take values from the environment: \`\${NAME}\`, \`\${NAME:-default}\`. Bold keys must be given.

This page is generated from \`src/project/schema/\` by \`npm run docs\`.

## pipeline

${keys('')}

\`owner\`, \`timezone\`, \`tier\`, \`tags\`, \`load.schema\`, \`load.schema_changes\` and \`error_handling\` take their defaults from
\`defaults\` of \`waterworks.yml\` where that has them (as \`schema\` and \`schema_changes\` there).

## extract

${keys('extract', Object.keys(fileOptions))}

The options of files below may stand beside \`files\`, for all of them, or in an entry of \`files\`, for its own table.

## extract.files

Texts in the list that fill one table are one stream. An entry with options of its own fills a table of its own. How files
are read is on [its own page](files.md).

${keys('extract.files')}

## transform

${keys('transform')}

Each stage:

${keys('transform.stages')}

## transform.stages.operations

One operation an entry: \`trim\`, \`normalize\` and \`dedupe\` may stand alone, the others stand over their arguments, as in
\`{cast: {amount: "decimal(12,2)"}}\`. They are done in the order in which they are written. Columns are named as they are at that
point; a name that the rows do not have there stops the load (WW4304). Columns are a name, a list of names or \`{columns: …}\`. Each with its
options and an example is on the page about [stages](stages.md).

${keys('transform.stages.operations')}

A row's fate is decided once: the first operation that leaves it out or rejects it wins, and those after it do not see the row.

## load

${keys('load')}

What the strategies do is on the page about [loading](loading.md).

## load.schema_changes

One word for all cases, or a mapping: see [when columns change](schema-changes.md).

${keys('load.schema_changes')}

## quality_gates

${keys('quality_gates')}

The rules are on the page about [checks](checks.md).

## error_handling

${keys('error_handling')}

* \`fail-fast\`: one row that would be rejected holds the load; nothing is tried again.
* \`retry\`: the same, but failures that may pass (a connection, a lock, a full server) are tried again.
* \`dead-letter\`: rows that cannot be loaded go to quarantine, the others are loaded; failures are tried again.
* \`skip-and-alert\`: as \`dead-letter\`, and when the pipeline fails its status is \`partial\`: what is downstream goes on with the
  data there is, and the exit code stays 0. Alerts are not sent yet.
`
}
