import type { CatalogueEntry } from '../catalogue-entry.ts'

/** WW2xxx: what can be wrong in templates and in SQL. */
export const templateErrors = {
  WW2001: {
    title: 'Template syntax error',
    cause: 'The Jinja of a file does not parse.',
    remedy: 'Mend the template at the place shown.',
  },
  WW2002: {
    title: 'Undefined value used',
    cause:
      'A template uses a name, attribute or argument that does not exist for more than printing or testing it.',
    remedy: 'Check the spelling, or test with `is defined` or give a `default(…)` first.',
  },
  WW2003: {
    title: 'Unknown filter',
    cause: 'A template uses a filter that does not exist.',
    remedy: 'Check the spelling of the name after `|`.',
  },
  WW2004: {
    title: 'Unknown test',
    cause: 'A template uses a test that does not exist.',
    remedy: 'Check the spelling of the name after `is`.',
  },
  WW2005: {
    title: 'Template operation failed',
    cause:
      'A template does something with values that Python refuses: types that do not fit, a missing key, a wrong argument.',
    remedy: 'Print the values at the place shown, with their types in mind.',
  },
  WW2006: {
    title: 'Template goes too far',
    cause: 'A template calls itself too deeply, or makes a range, text or number too large to be meant.',
    remedy: 'Look for a recursion without an end, or a count that is wrong.',
  },
  WW2007: {
    title: 'Template must wait',
    cause:
      'A template calls something that asks a database while it is rendered where no waiting is possible.',
    remedy: 'Guard the call with `{% if execute %}`, or move it to where the template runs.',
  },
  WW2008: {
    title: 'Function called by a template failed',
    cause: 'A function that a template calls threw an error of its own.',
    remedy: 'Read the message of the function; --debug shows where it comes from.',
  },
  WW2009: {
    title: 'Jinja tag not supported',
    cause:
      'Templates are single files here, as in dbt: include, import, extends, block, trans and autoescape do not exist.',
    remedy: 'Use a macro instead.',
  },
  WW2010: {
    title: 'Unknown tag',
    cause: 'A template uses a tag that does not exist.',
    remedy: 'Check the spelling of the word after `{%`.',
  },
  WW2011: {
    title: 'return() outside of a macro',
    cause: 'A template calls return() where no macro runs.',
    remedy: 'Move the call into a macro, or print the value instead.',
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
  WW2108: {
    title: 'A contract is not kept',
    cause:
      'A model has an enforced contract, and its query gives other columns or types than the contract promises.',
    remedy: 'Change the query or the columns in the properties file, so that both say the same.',
  },
} as const satisfies Record<string, CatalogueEntry>
