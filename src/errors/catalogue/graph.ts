import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW12xx: how what a project defines does not fit together. */
export const graphErrors = {
  WW1201: {
    title: 'ref() names no model',
    cause: 'A model, test or property file refers to a model that the project does not have.',
    remedy: 'Correct the name, or add the model.',
  },
  WW1202: {
    title: 'source() names no table',
    cause: 'No pipeline fills the table, and no schema.yml declares it as a source.',
    remedy: 'Correct the names, or declare the source.',
  },
  WW1203: {
    title: 'Nodes depend on one another in a circle',
    cause: 'Following the ref() calls from a model leads back to it, so none of them can be built first.',
    remedy: 'Break the circle: move what they share into a model of its own.',
  },
  WW1204: {
    title: 'Two nodes write the same relation',
    cause: 'Two models or pipelines have the same schema and table name; each would overwrite the other.',
    remedy: 'Give one of them another alias, schema or source system.',
  },
  WW1205: {
    title: 'Two nodes have the same name',
    cause: 'Names of models, pipelines and tests must be unique in a project, whatever folder they are in.',
    remedy: 'Rename one of them.',
  },
  WW1206: {
    title: 'ref() names a model that is switched off',
    cause: 'The model exists but its configuration says enabled: false.',
    remedy: 'Enable the model, or do not refer to it.',
  },
  WW1207: {
    title: 'Properties of a model that does not exist',
    cause: 'A schema file describes a model that no file defines; its tests do not run.',
    remedy: 'Correct the name, add the model, or remove the entry.',
  },
  WW1208: {
    title: 'A test is given wrong arguments',
    cause: 'An argument is missing, unknown or of the wrong type.',
    remedy: 'Give the arguments that docs/checks.md lists for the test.',
  },
  WW1210: {
    title: 'A test names a column that is not described',
    cause: 'The column is not among those the model’s schema.yml describes, but one is spelt almost like it.',
    remedy: 'Correct the spelling, or describe the column.',
  },
  WW1211: {
    title: 'Not supported yet',
    cause: 'The project uses something of dbt’s that Waterworks does not do so far.',
    remedy: 'Remove it, or wait for a version that does it.',
  },
  WW1212: {
    title: 'A configuration value is wrong',
    cause: 'The value of a configuration key has the wrong type or is not one of those possible.',
    remedy: 'Correct the value at the place shown.',
  },
  WW1213: {
    title: 'A dependency is visible too late',
    cause: 'A ref() or source() runs only when the query is compiled, so the graph did not know of it.',
    remedy:
      'Write `-- depends_on: {{ ref("model") }}` at the top of the file, or take the call out of the condition.',
  },
  WW1215: {
    title: 'doc() names no block',
    cause: 'A description refers to a {% docs %} block that no file of the project and its packages has.',
    remedy: 'Add the block to a .md file, or correct its name.',
  },
  WW1216: {
    title: 'A model may not be referred to from here',
    cause: 'Its access is private to its group, or protected in its package.',
    remedy: 'Put the reader into the same group, or make the model public.',
  },
  WW1217: {
    title: 'The versions of a model do not fit together',
    cause: 'A version is there twice, or latest_version names one that is not there.',
    remedy: 'Give each version once, and name one of them as the latest.',
  },
  WW1218: {
    title: 'A contract lacks what it needs',
    cause: 'A model whose contract is enforced needs its columns and their types in a properties file.',
    remedy: 'Describe every column with its data_type, or do not enforce the contract.',
  },
  WW1219: {
    title: 'Unknown group',
    cause: 'A node is in a group that no properties file defines.',
    remedy: 'Define the group under `groups:` with its owner, or correct its name.',
  },
  WW1220: {
    title: 'There is no time spine',
    cause:
      'Semantic models are joined to a model with a row for every day or less, and the project has none.',
    remedy:
      'Give a model with a column of days `time_spine:` in its properties, and that column its granularity.',
  },
  WW1221: {
    title: 'A function does not exist',
    cause: 'A template calls function() with a name that no file below functions/ has.',
    remedy: 'Correct the name; it is that of the file, without .sql.',
  },
  WW1222: {
    title: 'A function is not described as it has to be',
    cause:
      'A function needs an entry under functions: in a YAML file that says the type it returns, and its arguments without default values come first.',
    remedy: 'Add the entry, or put its arguments in order.',
  },
} as const satisfies Record<string, CatalogueEntry>
