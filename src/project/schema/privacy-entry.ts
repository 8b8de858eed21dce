import { z } from 'zod'
import { PERSONAL_KINDS, PERSONAL_POLICIES, PRIVACY_MODES } from '../personal-data.ts'
import { text } from './fields.ts'

const kind = z.enum(PERSONAL_KINDS)
const policy = z.enum(PERSONAL_POLICIES)

/** Columns that hold personal data, beside `columns`. */
export const personalColumns = z
  .record(
    text,
    z.union([
      kind,
      z.strictObject({
        kind: kind.optional().describe('What the data is of; other unless given.'),
        policy: policy
          .optional()
          .describe('What becomes of it; what the project says of its kind unless given.'),
      }),
    ]),
  )
  .optional()
  .describe(
    'Columns with personal data, by name or by a path into JSON such as address.email: the kind, or kind and policy. Treated before anything is written.',
  )

/** `privacy` of waterworks.yml. */
export const privacyEntry = z.strictObject({
  mode: z
    .enum(PRIVACY_MODES)
    .optional()
    .describe(
      'What becomes of data that looks personal and is not declared: warn (unless given), enforce (nothing is written), or off.',
    ),
  keys: z
    .record(
      z.string().regex(/^[a-z][a-z0-9_-]{0,15}$/, 'must be small letters, digits, - and _, 16 at most'),
      z.string(),
    )
    .optional()
    .describe(
      `Keys for hashes and tokens by name, each 32 random bytes or more as hexadecimal digits, from the environment or a file that only its owner may read: \${NAME}, \${file:path}. The first is used; the others stay known.`,
    ),
  policies: z
    .partialRecord(kind, policy)
    .optional()
    .describe('What becomes of personal data by its kind, where its column does not say.'),
})

export type PersonalEntries = z.infer<typeof personalColumns>
export type PrivacyEntry = z.infer<typeof privacyEntry>
