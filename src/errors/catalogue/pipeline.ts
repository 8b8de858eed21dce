import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW1xxx: what can be wrong in the file of a pipeline. */
export const pipelineErrors = {
  WW1020: {
    title: 'A strategy lacks what it needs',
    cause: 'The chosen strategy cannot work without another key.',
    remedy: 'Add the key the message names, or choose another strategy.',
  },
  WW1021: {
    title: 'Two pipelines have one name',
    cause: 'Runs, state and selections know a pipeline by its name.',
    remedy: 'Rename one of them.',
  },
  WW1022: {
    title: 'One table is filled twice',
    cause:
      'Two pipelines, or two entries of one, load into the same table; each would overwrite or mix with the other.',
    remedy: 'Give each its own table with `table:`, or list the files together under one entry.',
  },
  WW1023: {
    title: 'Not a schedule',
    cause: 'The text is not a cron expression of five fields.',
    remedy: 'Write minute, hour, day of month, month and day of week, such as "0 6 * * *".',
  },
  WW1024: {
    title: 'Not a duration',
    cause: 'The text is not a number with a unit.',
    remedy: 'Write it as "36h", "90 minutes" or "3 days".',
  },
  WW1025: {
    title: 'Not a column type',
    cause: 'The text names no type that the platform knows.',
    remedy:
      'Use a type such as bigint, integer, double, decimal(10,2), text, boolean, date, timestamp, timestamptz, time, uuid or json.',
  },
  WW1026: {
    title: 'An operation cannot be understood',
    cause: 'An entry under `operations` is not one operation with its arguments.',
    remedy: 'Write one operation per entry, such as `trim` or {cast: {age: integer}}.',
  },
  WW1027: {
    title: 'A check cannot be understood',
    cause: 'A quality gate or test is not one check with its arguments.',
    remedy: 'Write one check per entry, such as {not_null: id} or {accepted_range: {column: age, min: 0}}.',
  },
  WW1028: {
    title: 'Two checks have one name',
    cause: 'Results are kept by the name of the check.',
    remedy: 'Give one of them another `name`.',
  },
  WW1040: {
    title: 'Parts of a pipeline do not go together',
    cause:
      'What is read, how it is found to be new and how it is loaded would together lose rows or add them twice.',
    remedy: 'Change one of the parts as the message says.',
  },
  WW1044: {
    title: 'A file name pattern cannot be understood',
    cause: 'A capture in braces has a format that is none, or two captures have one name.',
    remedy:
      'Write {name}, {name:int}, or {name:YYYY-MM-DD} with any of YYYY, MM, DD, HH, mm and ss, each name once.',
  },
  WW1045: {
    title: 'The way to read a file does not fit its format',
    cause:
      'A format cannot be read without a key that is missing, or a key says something that cannot be done.',
    remedy: 'Add or change the key that the message names.',
  },
  WW1047: {
    title: 'A stream that the pipeline does not read',
    cause:
      'Something is said of a stream, or of one of its lists, that is none of those that the pipeline reads.',
    remedy: 'Correct the name: `waterworks ls` shows the streams, and a list is STREAM__LIST.',
  },
  WW1049: {
    title: 'A manifest is not there',
    cause: '`manifest:` of a pipeline names a file that the project does not have.',
    remedy: 'Correct the path; it is relative to the project folder.',
  },
  WW1051: {
    title: 'A pipeline does not say which streams it reads',
    cause: 'A pipeline has a `tap:` and neither `streams:` nor a `catalog:` that selects any.',
    remedy:
      'See what the tap offers with `waterworks connectors discover`, and name what is wanted under `streams:`.',
  },
} as const satisfies Record<string, CatalogueEntry>
