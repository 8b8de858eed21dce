import { pseudonymOperation } from '../pseudonym-operation.ts'

export const tokenize = pseudonymOperation({
  summary:
    'Texts become tokens of the vault, the same as the policy token makes of them before they land. What has landed, and what is rejected before, has them as they came.',
  example: 'tokenize: customer_no',
  by: 'token',
})
