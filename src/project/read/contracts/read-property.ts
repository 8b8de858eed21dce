import { type ContractProperty, LOGICAL_TYPES, type PropertyOptions } from '../../../contracts/contract.ts'
import type { Intake } from '../../intake.ts'
import type { Origin } from '../../origin.ts'
import type { PropertyEntry } from '../../schema/contract/odcs-property-entry.ts'
import { readQuality } from './read-quality.ts'

/** A property of ODCS 3, with what is inside of it. */
export function readProperty(entry: PropertyEntry, origin: Origin, intake: Intake): ContractProperty {
  const at = (...path: readonly (string | number)[]): Origin => ({
    file: origin.file,
    path: [...origin.path, ...path],
  })
  return {
    id: entry.id,
    name: entry.name ?? '',
    physicalName: entry.physicalName,
    logicalType: LOGICAL_TYPES.find((type) => type === entry.logicalType),
    physicalType: entry.physicalType,
    options: optionsOf(entry.logicalTypeOptions ?? {}),
    required: entry.required ?? false,
    unique: entry.unique ?? false,
    primaryKey: entry.primaryKey ?? false,
    primaryKeyPosition: entry.primaryKeyPosition ?? -1,
    partitioned: entry.partitioned ?? false,
    classification: entry.classification,
    description: entry.description ?? '',
    businessName: entry.businessName,
    tags: entry.tags ?? [],
    examples: entry.examples ?? [],
    properties: (entry.properties ?? []).map((property, index) =>
      readProperty(property, at('properties', index), intake),
    ),
    items: entry.items && readProperty(entry.items, at('items'), intake),
    quality: (entry.quality ?? []).map((quality, index) =>
      readQuality(quality, at('quality', index), intake),
    ),
    origin,
  }
}

/** Before 3.1 `exclusiveMinimum: true` said of `minimum` what `exclusiveMinimum: 5` says now. */
function optionsOf(given: Readonly<Record<string, unknown>>): PropertyOptions {
  const { exclusiveMinimum: above, exclusiveMaximum: below, ...others } = given
  const bounds = {
    ...bound('minimum', 'exclusiveMinimum', others['minimum'], above),
    ...bound('maximum', 'exclusiveMaximum', others['maximum'], below),
  }
  const { minimum: _low, maximum: _high, ...rest } = others
  // The schema has judged each of them by the property's type.
  return { ...(rest as PropertyOptions), ...bounds }
}

function bound(
  inclusive: string,
  exclusive: string,
  limit: unknown,
  outside: unknown,
): Readonly<Record<string, unknown>> {
  if (outside === true) return limit === undefined ? {} : { [exclusive]: limit }
  return {
    ...(limit === undefined ? {} : { [inclusive]: limit }),
    ...(outside === undefined || outside === false ? {} : { [exclusive]: outside }),
  }
}
