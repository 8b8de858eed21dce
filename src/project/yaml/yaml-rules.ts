import {
  boolCoreTag,
  defineMappingTag,
  defineScalarTag,
  floatCoreTag,
  floatYaml11Tag,
  intCoreTag,
  intYaml11Tag,
  mergeTag,
  NOT_RESOLVED,
  nullCoreTag,
  type ScalarTagDefinition,
  Schema,
  seqTag,
  strTag,
} from 'js-yaml'
import { PyFloat } from '../../jinja/values/float.ts'

/**
 * How unquoted scalars of a file are read.
 *
 * `core`, for the platform's own files: YAML 1.2, so that `NO` is Norway and `12:30` a time; besides, digits with a
 * leading zero stay text (a postal code is not a number).
 *
 * `pyyaml`, for dbt's files: as PyYAML reads them, which dbt uses: yes/no/on/off are booleans (y and n are not),
 * 012 is octal, 1:30 is sexagesimal, 1e3 without a dot is text. Dates stay text, as templates print them anyway.
 *
 * `python`, for those of dbt's files whose values templates see: as `pyyaml`, with what Python tells apart and JavaScript does not
 * kept apart: a float that is whole is a PyFloat, as 1.0 prints otherwise than 1.
 *
 * All: `<<` merges, whole numbers beyond 2^53 keep every digit (as bigint), a key must be text or a number.
 */
export type YamlRules = 'core' | 'pyyaml' | 'python'

/** Why a mapping or list is refused as a key: nearly always it is a template without quotes. */
export const COMPLEX_KEY = 'a key must be a plain word; a value that starts with {{ wants quotes around it'
/** Why true, null and their like are refused as keys. */
export const WORD_KEY = 'a key that YAML reads as true, false or null wants quotes around it'

const keyedByText = defineMappingTag<Record<string, unknown>>('tag:yaml.org,2002:map', {
  create: () => ({}),
  addPair(mapping, key, value) {
    if (typeof key === 'object' && key !== null) return COMPLEX_KEY
    if (typeof key === 'boolean' || key === null) return WORD_KEY
    if (key === '__proto__') return 'a key must not be called __proto__'
    mapping[String(key)] = value
    return ''
  },
  has: (mapping, key) => Object.hasOwn(mapping, String(key)),
  keys: (mapping) => Object.keys(mapping),
  get: (mapping, key) => mapping[String(key)],
  identify: () => false,
})

/** https://github.com/yaml/pyyaml/blob/main/lib/yaml/resolver.py: unlike YAML 1.1 itself, without y and n. */
const PYYAML_BOOLEANS: ReadonlyMap<string, boolean> = new Map(
  ['yes', 'true', 'on', 'no', 'false', 'off'].flatMap((word, index) =>
    [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()].map(
      (form) => [form, index < 3] as const,
    ),
  ),
)

const pyyamlBoolean = defineScalarTag<boolean>('tag:yaml.org,2002:bool', {
  implicit: true,
  implicitFirstChars: [...'yYtToOnNfF'],
  resolve: (source) => PYYAML_BOOLEANS.get(source) ?? NOT_RESOLVED,
  identify: () => false,
})

const pythonFloat = defineScalarTag<number | PyFloat>(floatYaml11Tag.tagName, {
  implicit: true,
  implicitFirstChars: floatYaml11Tag.implicitFirstChars,
  resolve(source, isExplicit, tagName) {
    const value = floatYaml11Tag.resolve(source, isExplicit, tagName)
    return typeof value === 'number' && Number.isInteger(value) ? new PyFloat(value) : value
  },
  identify: () => false,
})

/** All of dbt's files but for their floats. */
const pyyaml = [
  strTag,
  seqTag,
  keyedByText,
  nullCoreTag,
  pyyamlBoolean,
  exactInteger(intYaml11Tag, undefined),
]

const rulesets: Readonly<Record<YamlRules, Schema>> = {
  core: new Schema([
    strTag,
    seqTag,
    keyedByText,
    nullCoreTag,
    boolCoreTag,
    exactInteger(intCoreTag, /^[-+]?0\d|^0o/),
    unless(floatCoreTag, /^[-+]?0\d/),
    mergeTag,
  ]),
  pyyaml: new Schema([...pyyaml, floatYaml11Tag, mergeTag]),
  python: new Schema([...pyyaml, pythonFloat, mergeTag]),
}

/** The js-yaml schema that follows the rules. */
export function yamlSchema(rules: YamlRules): Schema {
  return rulesets[rules]
}

function exactInteger(
  tag: ScalarTagDefinition<number>,
  text: RegExp | undefined,
): ScalarTagDefinition<number | bigint> {
  return defineScalarTag<number | bigint>(tag.tagName, {
    implicit: true,
    implicitFirstChars: tag.implicitFirstChars,
    resolve(source, isExplicit, tagName) {
      if (text?.test(source)) return NOT_RESOLVED
      const value = tag.resolve(source, isExplicit, tagName)
      if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
      return /^[-+]?[0-9]+$/.test(source) ? BigInt(source.replace(/^\+/, '')) : NOT_RESOLVED
    },
    identify: () => false,
  })
}

function unless(tag: ScalarTagDefinition<number>, text: RegExp): ScalarTagDefinition<number> {
  return defineScalarTag<number>(tag.tagName, {
    implicit: true,
    implicitFirstChars: tag.implicitFirstChars,
    resolve: (source, isExplicit, tagName) =>
      text.test(source) ? NOT_RESOLVED : tag.resolve(source, isExplicit, tagName),
    identify: () => false,
  })
}
