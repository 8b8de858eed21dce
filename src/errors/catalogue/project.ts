import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW1xxx: what can be wrong in the files of a project. */
export const projectErrors = {
  WW1001: {
    title: 'Not a Waterworks project',
    cause: 'Neither waterworks.yml nor dbt_project.yml was found in the folder or any folder above it.',
    remedy: 'Run the command inside a project, or name one with --project-dir.',
  },
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
    cause: 'A schema.yml describes a model that the project does not have; its tests do not run.',
    remedy: 'Correct the name, or remove the entry.',
  },
  WW1208: {
    title: 'A test is given wrong arguments',
    cause: 'An argument is missing, unknown or of the wrong type.',
    remedy: 'Give the arguments as the documentation of the test says.',
  },
  WW1209: {
    title: 'Unknown test',
    cause: 'A schema.yml asks for a test that neither dbt nor Waterworks has built in.',
    remedy: 'Correct the name; write a query under tests/ for a rule of your own.',
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
  WW1301: {
    title: 'Unknown selector',
    cause: 'A selection uses a method, or a value of one, that does not exist.',
    remedy: 'See `waterworks ls --help` for the methods.',
  },
  WW1302: {
    title: 'A selection cannot be read',
    cause: 'A term of --select or --exclude is empty or contradicts itself.',
    remedy: 'A term is [@][n+][method:]value[+n].',
  },
  WW1303: {
    title: 'A selection matches nothing',
    cause: 'No node of the project has the name, tag or path.',
    remedy: 'Check the spelling; `waterworks ls` shows all nodes.',
  },
} as const satisfies Record<string, CatalogueEntry>
