import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW15xx and WW46xx: personal data, as a project declares it and as it is met. */
export const privacyErrors = {
  WW1501: {
    title: 'A key can be read by others',
    cause: 'The file of a key for personal data may be read by others than its owner.',
    remedy: 'chmod 600 the file; if others may have read it, make a new key and keep this one behind it.',
  },
  WW1502: {
    title: 'A key is too short or no key',
    cause: 'A key for personal data is at least 32 random bytes, written as hexadecimal digits.',
    remedy: 'Make one with: openssl rand -hex 32',
  },
  WW1503: {
    title: 'A policy for personal data does not fit its column',
    cause:
      'A key column is masked, dropped or refused, so that rows could not be told apart; or the column by which reads go on is treated, while its values are kept as positions.',
    remedy: 'Use hash or token for merge keys; go by a column that is not personal, or keep it.',
  },
  WW4601: {
    title: 'There is no key for personal data',
    cause:
      'A stream has columns with personal data to be treated, and the project has no key, or the environment lacks it.',
    remedy:
      'Add privacy.keys to waterworks.yml and set the variable that it names; openssl rand -hex 32 makes a key.',
  },
  WW4602: {
    title: 'A key for personal data is gone',
    cause:
      'Files were loaded that are known by a key which privacy.keys no longer has: they would be taken for new.',
    remedy: 'Put the key back, behind the one that is to be used now.',
  },
  WW4603: {
    title: 'A personal column is in the name of a file',
    cause: 'The column is captured from the names of files, which are kept as they are.',
    remedy: 'Rename the files, or declare policy: keep.',
  },
  WW4604: {
    title: 'Personal data arrived that is not declared',
    cause:
      'The project enforces that personal data is declared, and values of a column look like it. Nothing was written.',
    remedy:
      'Declare the column under `personal` in its pipeline: its kind, or `none` when it is no personal data.',
  },
  WW4605: {
    title: 'Data looks personal and is not declared',
    cause:
      'Values of a column look like personal data, and the pipeline says nothing of it. It was written as it came.',
    remedy:
      'Declare the column under `personal` in its pipeline: its kind, or `none` when it is no personal data.',
  },
  WW4606: {
    title: 'A token cannot be traced back',
    cause: 'The vault has no such token, or the key by which it was kept is gone.',
    remedy: 'Look whether the token is of this project, and whether privacy.keys has all its keys.',
  },
  WW4607: {
    title: 'A column that is declared personal did not arrive',
    cause:
      'The pipeline says what becomes of a column that its rows do not have: it may be called otherwise now, and its values be loaded as they come.',
    remedy:
      'Declare the name that it has now; take the declaration away when there is no such column any more.',
  },
  WW4608: {
    title: 'Personal data of a table was treated otherwise',
    cause:
      'What becomes of a personal column was changed, and the table holds rows that were loaded before: treated and untreated values, or hashes and tokens, would stand side by side. Nothing was read.',
    remedy:
      'Drop the table and build: what the source still has is loaded anew. With load strategy truncate-reload that happens by itself. Or take the change back.',
  },
  WW4609: {
    title: 'What waits in the landing zone was treated otherwise',
    cause:
      'Data landed and is not loaded yet, and what becomes of its personal columns was changed since: it lies there as it was declared then.',
    remedy:
      'Take the change back, build, and change it again; or remove the folder of the stream under .waterworks/landing, when the source has the data still: it is read again.',
  },
} as const satisfies Record<string, CatalogueEntry>
