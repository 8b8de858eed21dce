import { z } from 'zod'
import { asText } from '../as-text.ts'
import { asNames, names, words } from '../entry-fields.ts'
import { defineOperation } from '../operation-definition.ts'
import { setColumn } from '../project-columns.ts'
import { requireColumns } from '../require-columns.ts'

export const hash = defineOperation({
  stage: 'enrich',
  summary:
    'The SHA-256 of values, as hex. It tells whether they are equal; it does not hide them, for who guesses a value can check it.',
  example: 'hash: {columns: [first_name, last_name, birth_date], into: person_key}',
  entry: z.strictObject({
    columns: names.describe(
      'One column is hashed as its text, and NULL stays NULL; of several the texts with their lengths, NULL told from all of them.',
    ),
    into: words.describe('A new column, or one that is replaced.'),
  }),
  effects: [],
  read: ({ columns, into }) => ({ columns: asNames(columns), into }),
  compile(state, { columns, into }, context) {
    const { dialect } = context
    requireColumns(state, columns, context)
    const texts = columns.map((column) => asText(dialect.identifier(column), dialect))
    const measured = texts.map(
      (text) =>
        `coalesce(cast(length(${text}) as ${dialect.typeName({ kind: 'text' })}) || ':' || ${text}, '-')`,
    )
    const whole = texts.length === 1 ? texts[0]! : measured.join(' || ')
    return setColumn(state, into, { sql: dialect.sha256(whole), of: columns, isText: true }, context)
  },
})
