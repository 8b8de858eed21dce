import { z } from 'zod'
import { asText } from '../as-text.ts'
import { ALL, choiceOf, chosenColumns } from '../chosen-columns.ts'
import { asNames, names } from '../entry-fields.ts'
import { defineOperation } from '../operation-definition.ts'
import { rewriteColumns } from '../project-columns.ts'
import { trimmed } from '../white-space.ts'

/** What people and programs write where they have no value, in lower case. */
const PLACEHOLDERS = [
  ...['n/a', 'na', '#n/a', 'n.a.', 'null', '<null>', '(null)', '\\n', 'nil', 'none', 'nan'],
  ...['-', '--', '---', '?', '.', 'unknown', 'undefined', 'missing', 'not available', 'tbd'],
]

export const nullIf = defineOperation({
  stage: 'clean',
  summary: 'Texts that stand for no value become NULL.',
  example: 'null_if: {columns: [city, phone], blank: true, placeholders: true}',
  entry: z.strictObject({
    columns: names.optional().describe('The columns; every text column unless given.'),
    values: z
      .array(z.string())
      .min(1, 'must not be empty')
      .optional()
      .describe('These texts, to the letter.'),
    blank: z.boolean().optional().describe('Texts of nothing but white space.'),
    placeholders: z
      .boolean()
      .optional()
      .describe(`What is written for no value, in any letter case: ${PLACEHOLDERS.join(', ')}.`),
  }),
  effects: [],
  read({ columns, values = [], blank = false, placeholders = false }, note) {
    if (values.length === 0 && !blank && !placeholders) {
      note('WW1026', [], {
        message: 'null_if says of nothing that it is no value',
        hint: 'Give values, blank: true or placeholders: true.',
      })
      return undefined
    }
    return { columns: columns === undefined ? ALL : choiceOf(asNames(columns)), values, blank, placeholders }
  },
  compile(state, { columns, values, blank, placeholders }, context) {
    const { dialect } = context
    const list = (texts: readonly string[]) => texts.map(dialect.literal).join(', ')
    const nullIf = (name: string) => {
      const text = asText(name, dialect)
      const bare = trimmed(text, dialect)
      const conditions = [
        ...(values.length > 0 ? [`${text} in (${list(values)})`] : []),
        ...(blank ? [`${bare} = ''`] : []),
        ...(placeholders ? [`lower(${bare}) in (${list(PLACEHOLDERS)})`] : []),
      ]
      return `case when ${conditions.join(' or ')} then null else ${name} end`
    }
    return rewriteColumns(state, chosenColumns(state, columns, context), nullIf, context)
  },
})
