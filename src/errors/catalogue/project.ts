import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW1xxx: what can be wrong in the files of a project. */
export const projectErrors = {
  WW1001: {
    title: 'Not a Waterworks project',
    cause: 'Neither waterworks.yml nor dbt_project.yml was found in the folder or any folder above it.',
    remedy: 'Run the command inside a project, or name one with --project-dir.',
  },
  WW1002: {
    title: 'A YAML file does not parse',
    cause: 'The text breaks a rule of YAML: an indentation, a quote or bracket left open, a tab.',
    remedy: 'Mend the line shown. A value that starts with {{ or contains ": " wants quotes around it.',
  },
  WW1003: {
    title: 'A key stands twice',
    cause: 'The same key is given twice in one mapping, so one of the values would be lost.',
    remedy: 'Keep one of the two.',
  },
  WW1004: {
    title: 'Unknown key',
    cause: 'The file has a key that means nothing here; most often it is misspelt or indented wrongly.',
    remedy: 'Correct or remove the key.',
  },
  WW1005: {
    title: 'A key is missing',
    cause: 'A key without which the rest cannot be understood is not there.',
    remedy: 'Add the key.',
  },
  WW1006: {
    title: 'A value of the wrong kind',
    cause: 'A text stands where a number should be, a list where a mapping should be, and the like.',
    remedy: 'Give a value of the kind the message names.',
  },
  WW1007: {
    title: 'A value that is not one of the choices',
    cause: 'The key accepts a few words only, and this is none of them.',
    remedy: 'Use one of the words the message lists.',
  },
  WW1008: {
    title: 'A value out of bounds or malformed',
    cause: 'The value is of the right kind but not one that can be used.',
    remedy: 'Give a value as the message asks.',
  },
  WW1009: {
    title: 'A project file cannot be read',
    cause: 'The file is not UTF-8 text, or the rights to read it are missing.',
    remedy: 'Save the file as UTF-8 and check its permissions.',
  },
  WW1010: {
    title: 'An environment variable is not set',
    cause: 'A project file takes a value from the environment, and the variable is not there.',
    remedy: `Set the variable, in the environment or in a file .env beside waterworks.yml, or give a default: \${NAME:-default}, in dbt's files env_var('NAME', 'default').`,
  },
  WW1011: {
    title: 'A secret in plain text',
    cause:
      'A password or token is written out in a project file, where version control would keep it for ever.',
    remedy: `Take it from the environment: \${NAME}, from a file: \${file:/run/secrets/name}, or from a secret store: \${secret:name}; in profiles.yml "{{ env_var('NAME') }}". For a throw-away database write 'allow_plaintext_password: true' beside it.`,
  },
  WW1012: {
    title: 'A template where only env_var() can be used',
    cause: 'The value is needed before any template can run; only env_var() is understood there.',
    remedy: 'Write the value out, or take it from the environment with env_var().',
  },
  WW1013: {
    title: 'Unknown target',
    cause: 'The target asked for, in a file or by --target, is not among the targets of the project.',
    remedy: 'Name a target of waterworks.yml or profiles.yml.',
  },
  WW1014: {
    title: 'Unknown connection',
    cause: 'A pipeline names a connection that waterworks.yml does not have.',
    remedy: 'Correct the name, or add the connection to waterworks.yml.',
  },
  WW1015: {
    title: 'Unknown alert channel',
    cause: 'A pipeline names an alert channel that waterworks.yml does not have.',
    remedy: 'Correct the name, or add the channel under alert_channels in waterworks.yml.',
  },
  WW1016: {
    title: 'Unknown profile',
    cause: 'dbt_project.yml names a profile that profiles.yml in the project folder does not have.',
    remedy: 'Correct `profile:`, or add the profile to profiles.yml in the project folder.',
  },
  WW1017: {
    title: 'An invalid name',
    cause: 'Names become parts of tables, files and commands, so they have rules.',
    remedy: 'Use letters, digits and underscores, beginning with a letter or an underscore.',
  },
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
  WW1032: {
    title: 'Something is described twice',
    cause: 'Two entries of the schema files describe the same model or source table.',
    remedy: 'Keep one of the two.',
  },
  WW1033: {
    title: 'Unknown test',
    cause: 'A schema file uses a generic test that neither the platform nor the project defines.',
    remedy: 'Correct the name; for a rule of your own write a query under tests/.',
  },
  WW1034: {
    title: 'Folder configuration that applies to nothing',
    cause: 'A path under `models:` in dbt_project.yml matches no model.',
    remedy: 'Correct or remove the path.',
  },
  WW1035: {
    title: 'A package is not installed',
    cause:
      'packages.yml or dependencies.yml names a package that is not in the folder of installed packages.',
    remedy: 'Run `waterworks deps`.',
  },
  WW1036: {
    title: 'Two packages have one name',
    cause: 'Packages are told apart by the name in their dbt_project.yml, and two of them have the same.',
    remedy: 'Remove one of them, or give the project another name.',
  },
  WW1041: {
    title: 'The .env file cannot be read',
    cause: 'A line of the project’s .env is no NAME=value, or a quote in it is never closed.',
    remedy:
      'Correct the line: NAME=value, with quotes around a value that holds spaces before a # or several lines.',
  },
  WW1042: {
    title: 'A secret cannot be had',
    cause:
      'A secret file is not there or may not be read, or the project’s command for secrets did not print one.',
    remedy:
      'Make the file readable for this user, or see what the command of "secrets" in waterworks.yml says by hand.',
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
  WW1301: {
    title: 'Unknown selector',
    cause: 'A selection uses a method, or a value of one, that does not exist.',
    remedy: 'docs/selection.md has the methods and their values.',
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
  WW1304: {
    title: 'There is no earlier run to compare with',
    cause:
      'A selection by `state:`, `result:` or `source_status:`, or --defer, needs artefacts of an earlier run, and none were given.',
    remedy:
      'Keep the target folder of a run (manifest.json, run_results.json, sources.json) and name it with --state.',
  },
  WW1305: {
    title: 'An artefact of an earlier run cannot be read',
    cause: 'The file is damaged, is another document, or has a version that is not supported.',
    remedy:
      'Name a folder with artefacts as dbt 1.0 or later or this platform writes them: manifest versions 4 to 12.',
  },
  WW1306: {
    title: 'The contract of a model breaks',
    cause:
      'Compared with an earlier run, a model with an enforced contract lost columns or constraints, changed types, or is gone.',
    remedy: 'Keep what others rely on, and make the change in a new version of the model.',
  },
  WW1308: {
    title: 'Unknown selector of selectors.yml',
    cause: 'A selector is named that selectors.yml does not have, or that means itself.',
    remedy: 'Check the spelling, and the references between selectors.',
  },
  WW1309: {
    title: 'selectors.yml cannot be read',
    cause: 'A selector has another form than a text, a method and its value, a union or an intersection.',
    remedy: 'docs/selection.md shows the forms.',
  },
  WW1601: {
    title: 'A package cannot be read from its list',
    cause: 'An entry of packages.yml, dependencies.yml or package-lock.yml has another form than dbt’s.',
    remedy:
      'Write local, git, tarball or package with what belongs to it: package and version, git and revision, tarball and name.',
  },
  WW1602: {
    title: 'Packages of dbt’s own platform cannot be installed',
    cause: 'An entry asks for a package with `private:`, which only dbt’s own platform knows where to find.',
    remedy: 'Ask for it with `git:` and its address.',
  },
  WW1603: {
    title: 'Packages do not go together',
    cause: 'Two packages, or a package and the project, have one name, or one is asked for in two forms.',
    remedy: 'Remove one of them.',
  },
  WW1604: {
    title: 'No version of a package suits all',
    cause:
      'The project and its packages ask for versions or revisions of a package that exclude one another.',
    remedy: 'Ask for a version that the others work with, or for other versions of these.',
  },
  WW1605: {
    title: 'A package may change by itself',
    cause: 'A repository is asked for without a tag or commit, or a package has moved to another name.',
    remedy: 'Give a tag or commit as `revision:`; ask for the package by its new name.',
  },
  WW1606: {
    title: 'The hub has no such package',
    cause: 'The name of a package is not in the list of the package hub.',
    remedy: 'Correct the name: <namespace>/<name>, such as dbt-labs/dbt_utils.',
  },
  WW1607: {
    title: 'The hub has no such version of a package',
    cause: 'No version that can be installed is within what is asked for.',
    remedy: 'Ask for a version that exists; pre-releases want `install_prerelease: true`.',
  },
  WW1608: {
    title: 'There is no package in a folder',
    cause:
      'The folder is missing, lies outside of what was fetched, or has no dbt_project.yml with a name in it.',
    remedy: 'Correct `local:` or `subdirectory:`.',
  },
  WW1609: {
    title: 'A repository cannot be fetched',
    cause: 'git is missing, was refused, or does not find the repository or revision.',
    remedy: 'Try the address with `git ls-remote`; private repositories want credentials that git knows of.',
  },
  WW1610: {
    title: 'Packages cannot be reached',
    cause: 'There is no network, or none that leads to the package hub or a repository.',
    remedy:
      'Connect to a network, set HTTPS_PROXY where there is a proxy (with NODE_USE_ENV_PROXY=1), or copy the packages into dbt_packages.',
  },
  WW1611: {
    title: 'A download of a package failed',
    cause: 'A server answered with an error, or with something else than what was asked for.',
    remedy: 'Try again later; check the address of a tarball.',
  },
  WW1612: {
    title: 'A package cannot be unpacked',
    cause: 'Its archive is damaged, or a path or link in it leads out of the package.',
    remedy: 'Do not use it: ask whoever publishes it for another.',
  },
  WW1613: {
    title: 'The folder of packages holds something else',
    cause:
      '`packages-install-path` is the project itself, or a folder outside of it that is no folder of packages.',
    remedy: 'Name a folder that is there for packages alone.',
  },
  WW1614: {
    title: 'A folder may not be cleaned',
    cause: 'One of `clean-targets` is outside of the project, or holds its sources, history or warehouse.',
    remedy: 'Leave it out of `clean-targets`.',
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
  WW1040: {
    title: 'Parts of a pipeline do not go together',
    cause:
      'What is read, how it is found to be new and how it is loaded would together lose rows or add them twice.',
    remedy: 'Change one of the parts as the message says.',
  },
  WW1049: {
    title: 'A manifest is not there',
    cause: '`manifest:` of a pipeline names a file that the project does not have.',
    remedy: 'Correct the path; it is relative to the project folder.',
  },
} as const satisfies Record<string, CatalogueEntry>
