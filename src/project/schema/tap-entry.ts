import { z } from 'zod'
import { text } from './fields.ts'

/** What is read of a Singer tap, beside `config:` and `streams:`. */
export const tapOptions = {
  tap: z
    .union([text, z.array(text).min(1, 'must not be empty')])
    .optional()
    .describe(
      'A Singer tap: the program, or a list of it and its arguments. It runs in the project folder; a name without a slash is looked for as the shell does.',
    ),
  catalog: text
    .optional()
    .describe('A catalog of the tap, relative to the project folder; the tap is asked for it unless given.'),
  silence_seconds: z
    .number()
    .gt(0, 'must be more than 0')
    .optional()
    .describe('How long the tap may write nothing before it is ended; 600 unless given.'),
  tap_log: z
    .enum(['keep', 'withhold'])
    .optional()
    .describe(
      'Whether what the tap says of its work is kept, or only how much it was; `withhold` unless given where personal data is treated, else `keep`.',
    ),
}
