import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW4xxx: what can go wrong while data is found, landed, read and loaded. */
export const ingestErrors = {
  WW4001: {
    title: 'No file matches',
    cause: 'The files pattern of a pipeline matches nothing.',
    remedy: 'Check the pattern; it is relative to the project folder.',
  },
  WW4002: {
    title: 'A file cannot be read',
    cause:
      'The file is missing, its rights forbid reading, or its compressed content is damaged or cut short.',
    remedy: 'Check the file; have its sender deliver it again when it is damaged.',
  },
  WW4003: {
    title: 'The format of a file is not known',
    cause: 'Neither the pipeline nor the ending of the name says how to read the file.',
    remedy: 'Give `format:` beside the path; the page about files lists the formats.',
  },
  WW4004: {
    title: 'The encoding is not known',
    cause: 'The `encoding:` of a files entry is not the name of a character encoding.',
    remedy: 'Use an IANA name, for example utf-8, iso-8859-1, windows-1252 or utf-16le.',
  },
  WW4005: {
    title: 'A file changed while it was read',
    cause: 'Something is still writing to the file, so that what was counted is not what was copied.',
    remedy: 'Run again when the file is complete; deliver files under a temporary name and rename them.',
  },
  WW4006: {
    title: 'The records of a file do not add up',
    cause:
      'The rows read and the records rejected are not as many as the records counted in the file’s bytes.',
    remedy: 'Nothing was loaded. Keep the landed file and report this: it is a defect in the platform.',
  },
  WW4007: {
    title: 'A manifest of the landing zone is damaged',
    cause:
      'A manifest beside a landed file is not what the platform writes; it was edited or the disk is failing.',
    remedy: 'Remove the manifest and its data file, and run again: the source is read anew.',
  },
  WW4008: {
    title: 'The way to read a delimited file is not possible',
    cause: 'Delimiter, quote and escape must each be a single ASCII character, different from one another.',
    remedy: 'Change `delimiter:`, `quote:` or `escape:` of the files entry.',
  },
  WW4009: {
    title: 'A landed file is gone or changed',
    cause: 'The file that a manifest describes is missing or is not as large as it was when it landed.',
    remedy: 'Restore the landing folder, or remove the manifest so that the source is read anew.',
  },
  WW4010: {
    title: 'A column has the name of a captured field',
    cause:
      'The name pattern of a files entry captures a field that the file has as a column too; one would hide the other.',
    remedy: 'Give the capture another name, or leave it a `*`.',
  },
  WW4011: {
    title: 'A format lacks what it needs',
    cause: 'Files of this format cannot be read without another key of the files entry.',
    remedy: 'Add the key that the message names.',
  },
  WW4012: {
    title: 'A file is written in a way that cannot be read yet',
    cause:
      'The file is of its format, and uses a codec, version or protection of it that the platform does not have.',
    remedy: 'Have it written another way, as the page about files says for its format.',
  },
  WW4013: {
    title: 'A part of a file is not there',
    cause: 'The files entry names a sheet or message type that the file or its description does not have.',
    remedy: 'Correct the name; the message lists what there is.',
  },
  WW4014: {
    title: 'A list of delivered files cannot be read',
    cause: 'The manifest that `complete_when` names is no JSON list of files with records, bytes or sha256.',
    remedy: 'Write it as [{"file": "orders.csv", "records": 120}], or that list under "files".',
  },
  WW4015: {
    title: 'A store of files cannot be read',
    cause:
      'The service that keeps the files cannot be reached, refuses the credentials, or breaks off again and again.',
    remedy:
      'Check the connection in waterworks.yml: endpoint or host, region, credentials and, for SFTP, the host key. What came whole is landed; run again.',
  },
  WW4201: {
    title: 'The source cannot be reached',
    cause:
      'The connection to a source database was refused, timed out or broke, its credentials were not accepted, or a variable it needs is not set.',
    remedy:
      'See that the server runs and takes connections from here, and compare the connection in waterworks.yml (host, port, user, password, database) with it.',
  },
  WW4202: {
    title: 'The source refused a statement',
    cause:
      'A right to read is missing, a time limit of the connection was reached, or the source has an error of its own.',
    remedy:
      'Read the source’s message; grant SELECT on the table, or raise the limit it names in waterworks.yml.',
  },
  WW4203: {
    title: 'A table is not at the source',
    cause: 'A name or pattern under `tables:` is of no table or view that the connection’s role can read.',
    remedy:
      'Correct the name (with its schema), or grant the role USAGE on the schema and SELECT on the table.',
  },
  WW4204: {
    title: 'The snapshot of the source is lost',
    cause:
      'The connection that kept all tables at one moment broke: what is left to read would be of another moment.',
    remedy: 'Run again. When it happens often, look for limits on idle or long transactions at the source.',
  },
  WW4205: {
    title: 'A table changed while it was read',
    cause:
      'The table was truncated, rewritten, altered or dropped between the snapshot and the read, which hides rows from the snapshot.',
    remedy: 'Run again: the table is read anew as it is now.',
  },
  WW4206: {
    title: 'The incremental key cannot be used',
    cause: 'The table has no such column, its type has no order, or `lag` is no distance on it.',
    remedy:
      'Name a column of numbers or times in `incremental_key`, and give `lag` as a number or a duration like it.',
  },
  WW4207: {
    title: 'Rows have no incremental key',
    cause: 'The column of `incremental_key` is NULL in some rows, which an incremental read would never see.',
    remedy:
      'Say what is to become of them with `on_null_key: include` (read each time) or `exclude`, or correct them at the source.',
  },
  WW4208: {
    title: 'The tables of a source are not known yet',
    cause: 'A pipeline has patterns under `tables:`, and nothing has looked at the source yet.',
    remedy:
      'Run `waterworks plan` or `build` where the source can be reached; what they find is kept in .waterworks/.',
  },
  WW4209: {
    title: 'Nothing says which row of a table is which',
    cause:
      'A merge or a reconciliation needs keys; neither the pipeline names any, nor does the table have a primary key.',
    remedy: 'Add `merge_keys` under `load:`, or to the entry of the table under `tables:`.',
  },
  WW4210: {
    title: 'A key that is reconciled is rewritten',
    cause:
      'A pipeline with extract.reconcile compares the keys of its table with those of the source, and its stages make others of them: every row would look deleted.',
    remedy: 'Leave merge_keys as they arrive (derive a column beside them), or leave out extract.reconcile.',
  },
  WW4401: {
    title: 'A file is no manifest',
    cause: 'What `manifest:` names is not a declarative manifest: it is no mapping, or has no streams.',
    remedy: 'Name the `manifest.yaml` of a connector of the Airbyte low-code kind.',
  },
  WW4402: {
    title: 'A reference of a manifest leads nowhere',
    cause:
      'A `$ref`, or a text beginning with `#/`, names a place that the manifest does not have, or itself.',
    remedy: 'Correct the reference.',
  },
  WW4403: {
    title: 'A component of a manifest is wrong',
    cause:
      'A field is missing or has a value that the component cannot use, two components give a request the same parameter, or the component asks for something that is not there yet.',
    remedy: 'Read the message; it names the component and its place in the manifest.',
  },
  WW4404: {
    title: 'A manifest uses a component that is not supported',
    cause: 'The type of a component is not one that Waterworks has for that purpose.',
    remedy:
      'See which components are supported in docs/manifests.md; `waterworks connectors check` lists all that a manifest needs.',
  },
  WW4405: {
    title: 'A template of a manifest cannot be rendered',
    cause:
      'The template names something that is not there at its place, or uses a value in a way that it cannot be used.',
    remedy: 'Correct the template; the message names its component.',
  },
  WW4406: {
    title: 'A manifest needs code in Python',
    cause:
      'A component is a class of Python (`class_name`), which comes with the connector it was written for.',
    remedy: 'Leave out the streams that use it with `streams:`, or use the connector another way.',
  },
  WW4407: {
    title: 'A manifest has no such stream',
    cause: '`streams:` names a stream that the manifest neither writes out nor finds at the source.',
    remedy: 'See the streams with `waterworks connectors discover`.',
  },
  WW4408: {
    title: 'The config of a connector is not what its manifest wants',
    cause: 'A value that the manifest’s `spec` requires is missing, or has another type or form.',
    remedy: 'Correct it under `config:` of the pipeline.',
  },
  WW4411: {
    title: 'An API cannot be reached',
    cause: 'No whole answer came: the server is not there, refuses connections, falls silent or breaks off.',
    remedy: 'See that the address is right and the server up; the next run goes on where this one stopped.',
  },
  WW4412: {
    title: 'An API refuses a request',
    cause: 'The server answered with a status that means failure, as often as it was asked.',
    remedy:
      'Read its message: check the credentials and their rights for 401 and 403, the config for 400 and 404.',
  },
  WW4413: {
    title: 'An answer of an API cannot be read',
    cause: 'The body is cut short, or is not in the format that the manifest’s decoder reads.',
    remedy:
      'Run again if the server broke off; else see what the address answers, and which `decoder:` the manifest uses.',
  },
  WW4414: {
    title: 'An API is left alone for a while',
    cause: 'Several requests in a row were given up, and more would only burden a server that is down.',
    remedy: 'Run again when the server is up.',
  },
  WW4415: {
    title: 'Two fields of a record have one name',
    cause:
      'Names of columns do not tell large from small letters, and a record has fields that differ in nothing else.',
    remedy: 'Rename one of them with a transformation of the manifest, such as RemoveFields or KeysReplace.',
  },
  WW4416: {
    title: 'A stream cannot be appended',
    cause: 'The stream has no cursor: it is read whole each time, and every row would be added again.',
    remedy: 'Load it by merge or truncate-reload, or leave it out with `streams:`.',
  },
  WW4417: {
    title: 'The pages of an API do not end',
    cause: 'A page names itself as the next one, and is the same when it is asked for again.',
    remedy: 'Correct the pagination of the manifest, or its stop condition.',
  },
  WW4418: {
    title: 'A job of an API is not done',
    cause:
      'The server was asked three times for a job, and each failed there or was not done within `polling_job_timeout`.',
    remedy:
      'See at the server why it fails; raise `polling_job_timeout`, or ask for less at once by a `step` of the cursor.',
  },
  WW4501: {
    title: 'A tap cannot be started',
    cause: 'There is no program of the name that `tap:` gives, or it may not be run.',
    remedy: 'Install the tap, and name it as the shell would find it or by its path in the project.',
  },
  WW4502: {
    title: 'A tap failed',
    cause:
      'The program ended with another code than 0, or something ended it. What it had brought up to its last state is kept.',
    remedy: 'Read its log, which the message names; the next run goes on from its last state.',
  },
  WW4503: {
    title: 'A tap fell silent',
    cause: 'The program wrote nothing for longer than `silence_seconds`, and was ended.',
    remedy: 'See in its log what it was waiting for; raise `silence_seconds` if its source takes that long.',
  },
  WW4504: {
    title: 'A tap writes what is no message',
    cause:
      'Its output has a line that is not one of Singer’s messages, records before their schema, or ends in the middle of a line.',
    remedy: 'Have the tap write its log to standard error, and nothing but messages to standard output.',
  },
  WW4505: {
    title: 'A tap does not have what is selected',
    cause: 'A stream, a property or a replication key that the pipeline names is not in the tap’s catalog.',
    remedy: 'See what the tap offers with `waterworks connectors discover`.',
  },
  WW4506: {
    title: 'A catalog of a tap cannot be read',
    cause: 'What `--discover` printed, or the file under `catalog:`, is not a catalog of Singer.',
    remedy: 'Run the tap with `--discover` and look; give a file under `catalog:` if it has no discovery.',
  },
  WW4507: {
    title: 'A batch of a tap cannot be read',
    cause:
      'A BATCH message names files that are not here, are damaged, or are not lines of JSON, plain or gzip.',
    remedy: 'Set the tap’s `batch_config` to jsonl on the local disk, or leave it out.',
  },
  WW4301: {
    title: 'A column has a reserved name',
    cause:
      'The data has a column `_loaded_at` or `_run_id`, which the platform itself adds to every table it loads, or one of those that `soft-delete` and the scd strategies add.',
    remedy: 'Give it another name in a stage of the pipeline: `- rename: {_run_id: sender_run_id}`.',
  },
  WW4303: {
    title: 'Two columns would have one name',
    cause: 'A `rename` gives a column the name of another column that the rows have.',
    remedy: 'Choose a name that is free, or drop or rename the other column before.',
  },
  WW4304: {
    title: 'An operation names a column that the rows do not have',
    cause:
      'An operation of a stage names a column that did not arrive, or that an operation before it dropped, renamed or folded away.',
    remedy: 'Correct the name, or the order of the operations: columns are named as they are at that point.',
  },
  WW4305: {
    title: 'A table to look up is not there',
    cause:
      'A `lookup`, or a conversion by rates, names a table that the project and the warehouse do not have.',
    remedy: "Correct the name: ref('model_or_seed'), source('source', 'table') or schema.table.",
  },
  WW4306: {
    title: 'Quarantined rows of a pipeline that folds rows cannot be put back alone',
    cause:
      'The pipeline has a `rollup` or `pivot`: put through it alone, rows of the quarantine would make groups of their own, without the rows that were loaded.',
    remedy: 'Correct the rows at their source, and load that again as a whole.',
  },
  WW4302: {
    title: 'Versions cannot be told apart by the column that is named',
    cause:
      'The scd strategies go by `history.effective_at` (else by `incremental_key`), and the rows have no such column, or it is neither a date nor a timestamp; or `history.columns` names a column that the rows do not have, or by which rows are told apart.',
    remedy:
      'Name a date or timestamp column as `load.history.effective_at`, or cast it in a stage. Without any, versions hold since the load that brought them.',
  },
} as const satisfies Record<string, CatalogueEntry>
