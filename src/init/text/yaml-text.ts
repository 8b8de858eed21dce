import { escapeReferences } from '../../project/substitute-references.ts'

const PLAIN = /^[A-Za-z_][A-Za-z0-9_./-]*$/
/** Words that YAML 1.1 or 1.2 takes for something else than a text. */
const WORDS = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$/i

/** A text as a YAML scalar that every reader takes for that text. */
export function yamlText(value: string): string {
  if (PLAIN.test(value) && !WORDS.test(value)) return value
  // JSON is YAML; what YAML does not allow in a file is escaped as well.
  return JSON.stringify(value).replace(/[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/** A list of texts in one line. */
export function yamlList(values: readonly string[]): string {
  return `[${values.map(yamlText).join(', ')}]`
}

/** The same for our own files, in which `${NAME}` is a reference. */
export function yamlOwn(value: string): string {
  return yamlText(escapeReferences(value))
}

export function yamlOwnList(values: readonly string[]): string {
  return `[${values.map(yamlOwn).join(', ')}]`
}
