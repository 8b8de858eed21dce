import { z } from 'zod'
import {
  authoritativeDefinitions,
  customProperties,
  identity,
  type OdcsMinor,
  role,
  since31,
  slaProperty,
  tags,
} from './odcs-parts.ts'
import { objectEntry } from './odcs-property-entry.ts'
import { price, serverEntry } from './odcs-server-entry.ts'

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)) && /[T ]/i.test(text), 'must be a date and time')
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date, as 2026-01-31')

function member(minor: OdcsMinor) {
  return z.strictObject({
    ...identity(minor),
    username: minor === 0 ? z.string().optional() : z.string().describe('Who it is.'),
    name: z.string().optional(),
    description: z.string().optional(),
    role: z.string().optional(),
    dateIn: day.optional(),
    dateOut: day.optional(),
    replacedByUsername: z.string().optional(),
    ...since31(minor, {
      tags: tags.optional(),
      customProperties: customProperties(minor).optional(),
      authoritativeDefinitions: authoritativeDefinitions(minor).optional(),
    }),
  })
}

function team(minor: OdcsMinor) {
  const members = z.array(member(minor))
  if (minor === 0) return members
  return z.union([
    z.strictObject({
      ...identity(minor),
      name: z.string().optional(),
      description: z.string().optional(),
      members: members.optional(),
      tags: tags.optional(),
      customProperties: customProperties(minor).optional(),
      authoritativeDefinitions: authoritativeDefinitions(minor).optional(),
    }),
    members,
  ])
}

function support(minor: OdcsMinor) {
  return z.array(
    z.strictObject({
      ...identity(minor),
      channel: z.string().describe('How the channel is called.'),
      url: minor === 0 ? z.string() : z.string().optional(),
      description: z.string().optional(),
      tool: z.string().optional(),
      scope: z.string().optional(),
      invitationUrl: z.string().optional(),
      ...since31(minor, { customProperties: customProperties(minor).optional() }),
    }),
  )
}

/** A contract in the Open Data Contract Standard 3.0 or 3.1, as their JSON Schemas describe it. */
export function odcsFile(minor: OdcsMinor) {
  return z
    .strictObject({
      apiVersion: z.string().describe('The version of the standard: v3.1.0.'),
      kind: z.literal('DataContract'),
      id: z.string().describe('A unique id of the contract.'),
      version: z.string().describe('The version of the contract, as 1.2.0.'),
      status: z.string().describe('proposed, draft, active, deprecated or retired.'),
      name: z.string().optional(),
      tenant: z.string().optional(),
      domain: z.string().optional(),
      dataProduct: z.string().optional(),
      tags: tags.optional(),
      description: z
        .strictObject({
          usage: z.string().optional(),
          purpose: z.string().optional(),
          limitations: z.string().optional(),
          authoritativeDefinitions: authoritativeDefinitions(minor).optional(),
          customProperties: customProperties(minor).optional(),
        })
        .optional(),
      servers: z.array(serverEntry(minor)).optional(),
      schema: z.array(objectEntry(minor)).optional(),
      support: support(minor).optional(),
      price: price.optional(),
      team: team(minor).optional(),
      roles: z.array(role(minor)).optional(),
      slaDefaultElement: z.string().optional(),
      slaProperties: z.array(slaProperty(minor)).optional(),
      authoritativeDefinitions: authoritativeDefinitions(minor).optional(),
      customProperties: customProperties(minor).optional(),
      contractCreatedTs: moment.optional(),
    })
    .meta({ title: 'Data contract' })
}

export type OdcsFile = z.infer<ReturnType<typeof odcsFile>>
