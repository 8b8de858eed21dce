import { z } from 'zod'
import { WaterworksError } from '../../errors/waterworks-error.ts'
import type { TemplateSettings } from '../template-settings.ts'

const constraint = z.looseObject({
  type: z.string(),
  name: z.string().nullish(),
  expression: z.string().nullish(),
  columns: z.array(z.string()).nullish(),
  to: z.string().nullish(),
  to_columns: z.array(z.string()).nullish(),
})
const column = z.looseObject({
  name: z.string(),
  data_type: z.string().nullish(),
  quote: z.boolean().nullish(),
  constraints: z.array(constraint).nullish(),
})
type Constraint = z.infer<typeof constraint>

/** The table that `to` of a foreign key means, as it stands in SQL. */
type Target = (to: string) => string

/** A column of a CREATE TABLE: its name, type and constraints. Throws WW2102 for what is no column. */
export function renderColumnConstraints(
  given: unknown,
  dialect: TemplateSettings['dialect'],
  target: Target,
): string {
  const { name, data_type, quote, constraints } = read(column, given, 'column')
  const texts = (constraints ?? []).map((entry) => columnConstraint(entry, target))
  const written = [quote ? dialect.identifier(name) : name, data_type ?? '', ...texts]
  return written.filter((text) => text !== undefined && text !== '').join(' ')
}

/** A constraint on a model as a whole; undefined where it says nothing. */
export function renderModelConstraint(given: unknown, target: Target): string | undefined {
  const { type, name, expression, columns, to, to_columns } = read(constraint, given, 'constraint')
  const prefix = name ? `constraint ${name} ` : ''
  const list = (columns ?? []).join(', ')
  const extra = expression ? ` ${expression}` : ''
  switch (type) {
    case 'check':
      return expression ? `${prefix}check (${expression})` : undefined
    case 'unique':
      return `${prefix}unique${extra} (${list})`
    case 'primary_key':
      return `${prefix}primary key${extra} (${list})`
    case 'foreign_key':
      if (to && to_columns?.length) {
        return `${prefix}foreign key (${list}) references ${target(to)} (${to_columns.join(', ')})`
      }
      return expression ? `${prefix}foreign key (${list}) references ${expression}` : undefined
    case 'custom':
      return expression ? `${prefix}${expression}` : undefined
    default:
      return undefined
  }
}

function columnConstraint({ type, expression, to, to_columns }: Constraint, target: Target) {
  switch (type) {
    case 'check':
      return expression ? `check (${expression})` : undefined
    case 'not_null':
    case 'unique':
    case 'primary_key':
      return `${type.replace('_', ' ')} ${expression ?? ''}`.trim()
    case 'foreign_key':
      if (to && to_columns?.length) return `references ${target(to)} (${to_columns.join(', ')})`
      return expression ? `references ${expression}` : undefined
    case 'custom':
      return expression ?? undefined
    default:
      return undefined
  }
}

function read<T>(schema: z.ZodType<T>, given: unknown, what: string): T {
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue?.path.join('.') ?? ''
  throw new WaterworksError('WW2102', { message: `This is no ${what}: ${place} ${issue?.message ?? ''}` })
}
