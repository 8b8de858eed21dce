import { isJsonObject, type Json, type JsonObject, member } from '../../api-manifest/json.ts'
import type { DeclarativeManifest } from '../../api-manifest/read-manifest.ts'
import type { Location } from '../../errors/location.ts'
import { componentTable } from './component-table.ts'

/** A type of component that a manifest uses. */
export interface ComponentUse {
  readonly type: string
  /** Why it cannot be used; undefined when it can. */
  readonly problem: 'unknown' | 'code in Python' | undefined
  /** Where it stands first. */
  readonly location: Location
  readonly uses: number
}

/** Types that stand in others and are read with them. */
const WITHIN = new Set([
  ...[
    'DeclarativeSource',
    'DeclarativeStream',
    'DynamicDeclarativeStream',
    'StateDelegatingStream',
    'ConditionalStreams',
  ],
  ...[
    'CheckStream',
    'CheckDynamicStream',
    'DynamicStreamCheckConfig',
    'Spec',
    'ConcurrencyLevel',
    'RecordSelector',
  ],
  ...[
    'DatetimeBasedCursor',
    'IncrementingCountCursor',
    'MinMaxDatetime',
    'ParentStreamConfig',
    'AddedFieldDefinition',
  ],
  ...[
    'RequestPath',
    'KeyTransformation',
    'QueryProperties',
    'PropertyChunking',
    'GroupByKeyMergeStrategy',
    'AsyncJobStatusMap',
  ],
  ...['PropertiesFromEndpoint', 'HTTPAPIBudget', 'FixedWindowCallRatePolicy', 'MovingWindowCallRatePolicy'],
  ...[
    'UnlimitedCallRatePolicy',
    'Rate',
    'HttpRequestRegexMatcher',
    'HttpComponentsResolver',
    'ConfigComponentsResolver',
  ],
  ...['StreamConfig', 'ComponentMappingDefinition', 'SchemaTypeIdentifier', 'TypesMap', 'ComplexFieldType'],
  ...['RequestBodyPlainText', 'RequestBodyUrlEncodedForm', 'RequestBodyJsonObject', 'RequestBodyGraphQL'],
  ...['RequestBodyGraphQlQuery', 'Bearer', 'ApiKey', 'OAuthConfigSpecification', 'AuthFlow'],
])
/** What lies below these is data: no components. */
const DATA = new Set([
  'schema',
  '$parameters',
  'connection_specification',
  'metadata',
  'advanced_auth',
  'jwt_payload',
])

/** Every type of component that the streams of a manifest use, by name; what cannot be used first. */
export function checkManifest({ document, origins }: DeclarativeManifest): readonly ComponentUse[] {
  const uses = new Map<string, ComponentUse>()
  const note = (component: JsonObject, type: string): void => {
    const custom = member(component, 'class_name')
    const name = custom === undefined ? type : `${type} ${String(custom).split('.').at(-1)}`
    const known = uses.get(name)
    const problem = custom === undefined ? (isKnown(type) ? undefined : 'unknown') : 'code in Python'
    uses.set(name, {
      type: name,
      problem,
      location: known?.location ?? origins.of(component),
      uses: (known?.uses ?? 0) + 1,
    })
  }
  const visit = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value) visit(item)
    if (!isJsonObject(value)) return
    const type = member(value, 'type')
    if (typeof type === 'string' && /^[A-Z]/.test(type)) note(value, type)
    for (const [key, item] of Object.entries(value)) if (!DATA.has(key)) visit(item)
  }
  for (const part of ['streams', 'dynamic_streams', 'check', 'api_budget', 'concurrency_level']) {
    visit(member(document, part) ?? null)
  }
  return [...uses.values()].toSorted(
    (a, b) => Number(b.problem !== undefined) - Number(a.problem !== undefined) || (a.type < b.type ? -1 : 1),
  )
}

function isKnown(type: string): boolean {
  return WITHIN.has(type) || Object.values(componentTable).some((types) => types.has(type))
}
