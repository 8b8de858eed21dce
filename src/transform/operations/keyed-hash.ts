import { pseudonymOperation } from '../pseudonym-operation.ts'

export const keyedHash = pseudonymOperation({
  summary:
    "Texts become keyed hashes by the project's first key, the same as the policy hash makes of them before they land. What has landed, and what is rejected before, has them as they came.",
  example: 'keyed_hash: [email, phone]',
  by: 'hash',
})
