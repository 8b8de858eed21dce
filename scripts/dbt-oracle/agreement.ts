import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { ASPECTS, type Aspect } from './difference.ts'

export const AGREEMENT_FILE = fileURLToPath(new URL('../../test/systems/dbt/agreement.json', import.meta.url))

/** What the name of a fixture begins with where both ran on a PostgreSQL server. */
export const ON_POSTGRES = 'postgres/'

const agreement = z.record(z.string(), z.array(z.enum(ASPECTS)))

/** Per fixture, the aspects in which Waterworks is held to be as dbt. Those that are missing are not reached yet. */
export type Agreement = Readonly<Record<string, readonly Aspect[]>>

export function readAgreement(): Agreement {
  return agreement.parse(JSON.parse(readFileSync(AGREEMENT_FILE, 'utf8')))
}
