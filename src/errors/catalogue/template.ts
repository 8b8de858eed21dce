import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW2xxx: what can be wrong in templates and in SQL. */
export const templateErrors = {
  WW2001: {
    title: 'Template syntax error',
    cause: 'The Jinja of a file does not parse.',
    remedy: 'Mend the template at the place shown.',
  },
  WW2101: {
    title: 'The project raised an error',
    cause: 'A macro or model called exceptions.raise_compiler_error.',
    remedy: 'Read the message: it is the project’s own.',
  },
  WW2102: {
    title: 'A function of the template is called wrongly',
    cause: 'ref, source, var, config or another function got arguments it does not take.',
    remedy: 'Correct the call at the place shown.',
  },
  WW2103: {
    title: 'A variable is not defined',
    cause: 'var() names a variable that has no value and no default.',
    remedy: 'Define it under vars in the project file, give --vars, or write a default into the call.',
  },
  WW2104: {
    title: 'An environment variable is not set',
    cause: 'env_var() names a variable that is not set and has no default.',
    remedy: 'Set the variable, or write a default into the call.',
  },
  WW2105: {
    title: 'A template function is not supported yet',
    cause:
      'The template uses a function of dbt’s that needs the warehouse while compiling, or that Waterworks does not have so far.',
    remedy: 'Remove the call, or wait for a version that does it.',
  },
  WW2106: {
    title: 'The project raised a warning',
    cause: 'A macro or model called exceptions.warn.',
    remedy: 'Read the message: it is the project’s own.',
  },
  WW2107: {
    title: 'Two macros have the same name',
    cause: 'Macros share one name space in a project, whatever file they are in.',
    remedy: 'Rename one of them.',
  },
} as const satisfies Record<string, CatalogueEntry>
