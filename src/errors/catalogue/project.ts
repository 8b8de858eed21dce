import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW1xxx: what can be wrong in the files of a project, whatever they describe; and what they take from outside. */
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
    cause:
      'The same key is given twice in one mapping, so one of the values would be lost. In files of dbt the last one holds, as in dbt.',
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
} as const satisfies Record<string, CatalogueEntry>
