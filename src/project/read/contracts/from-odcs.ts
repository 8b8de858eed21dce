import {
  CHANGE_POLICIES,
  type Contract,
  type ContractForm,
  type ContractObject,
  type ContractRelationship,
  type ServiceLevel,
} from '../../../contracts/contract.ts'
import type { Intake } from '../../intake.ts'
import type { Origin } from '../../origin.ts'
import type { OdcsFile } from '../../schema/contract/odcs-file.ts'
import { asList } from '../../schema/fields.ts'
import { isMapping } from '../../yaml/is-mapping.ts'
import { readProperty } from './read-property.ts'
import { readQuality } from './read-quality.ts'

type ObjectEntry = NonNullable<OdcsFile['schema']>[number]

/** A contract of ODCS 3 in the platform's shape. */
export function fromOdcs(entry: OdcsFile, file: string, form: ContractForm, intake: Intake): Contract {
  const description = entry.description
  const custom = new Map(
    (entry.customProperties ?? []).map(({ property, value }, index) => [property, { value, index }]),
  )
  return {
    form,
    name: entry.name ?? entry.id,
    id: entry.id,
    version: entry.version,
    status: entry.status,
    description: [description?.purpose, description?.usage, description?.limitations]
      .filter(Boolean)
      .join('\n'),
    owner: ownerOf(entry),
    domain: entry.domain,
    consumers: textsOf(custom.get('consumers')?.value),
    tags: entry.tags ?? [],
    servers: (entry.servers ?? []).map(({ server, type, database, schema }) => ({
      server,
      type,
      database,
      schema,
    })),
    objects: (entry.schema ?? []).map((object, index) =>
      readObject(object, { file, path: ['schema', index] }, intake),
    ),
    sla: (entry.slaProperties ?? []).map((sla, index) =>
      readServiceLevel(sla, entry.slaDefaultElement, { file, path: ['slaProperties', index] }),
    ),
    policy: policyOf(custom.get('breakingChangePolicy'), file, intake),
    notificationChannel: textsOf(custom.get('notificationChannel')?.value)[0],
    origin: { file, path: [] },
  }
}

function readObject(entry: ObjectEntry, origin: Origin, intake: Intake): ContractObject {
  const under = (key: string, index: number): Origin => ({
    file: origin.file,
    path: [...origin.path, key, index],
  })
  const properties = (entry.properties ?? []).map((property, index) =>
    readProperty(property, under('properties', index), intake),
  )
  const own = (entry.properties ?? []).flatMap((property, index) =>
    (property.relationships ?? []).map(({ to }, at) => ({
      from: [property.name ?? ''],
      to: asList(to),
      origin: { file: origin.file, path: [...under('properties', index).path, 'relationships', at] },
    })),
  )
  const between: readonly ContractRelationship[] = (entry.relationships ?? []).map(({ from, to }, index) => ({
    from: asList(from).map((name) => propertyIn(name, entry)),
    to: asList(to),
    origin: under('relationships', index),
  }))
  return {
    id: idOf(entry),
    name: entry.name,
    physicalName: entry.physicalName,
    description: entry.description ?? '',
    grain: entry.dataGranularityDescription,
    tags: entry.tags ?? [],
    properties,
    relationships: [...own, ...between],
    quality: (entry.quality ?? []).map((quality, index) =>
      readQuality(quality, under('quality', index), intake),
    ),
    origin,
  }
}

/** The property that `object.property`, or a path of ids, names of an object. */
function propertyIn(reference: string, { properties = [] }: ObjectEntry): string {
  const [last = ''] = reference.split(/[./]/).slice(-1)
  return properties.find(({ id }) => id === last)?.name ?? last
}

function idOf(entry: object): string | undefined {
  const id: unknown = Reflect.get(entry, 'id')
  return typeof id === 'string' ? id : undefined
}

function readServiceLevel(
  { property, value, unit, element }: NonNullable<OdcsFile['slaProperties']>[number],
  byDefault: string | undefined,
  origin: Origin,
): ServiceLevel {
  return { property, value, unit, element: element ?? byDefault, origin }
}

/** The team's name, else who is its owner. */
function ownerOf({ team }: OdcsFile): string | undefined {
  if (team === undefined) return undefined
  const members = Array.isArray(team) ? team : (team.members ?? [])
  const owner = members.find(({ role }) => role?.toLowerCase().includes('owner') === true)
  return (Array.isArray(team) ? undefined : team.name) ?? owner?.username ?? owner?.name
}

function policyOf(
  given: { readonly value?: unknown; readonly index: number } | undefined,
  file: string,
  intake: Intake,
): Contract['policy'] {
  if (given === undefined) return undefined
  const policy = CHANGE_POLICIES.find((each) => each === given.value)
  if (policy !== undefined) return policy
  intake.error(
    'WW1007',
    { file, path: ['customProperties', given.index, 'value'] },
    { message: `breakingChangePolicy must be ${CHANGE_POLICIES.join(', ')}` },
  )
  return undefined
}

/** Custom properties hold anything: texts, or lists of them or of mappings with a name. */
function textsOf(value: unknown): readonly string[] {
  const items = Array.isArray(value) ? value : [value]
  return items.flatMap((item) => {
    const text: unknown = isMapping(item) ? item['name'] : item
    return typeof text === 'string' ? [text] : []
  })
}
