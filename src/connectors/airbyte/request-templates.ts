import { isJsonObject, type Json, type JsonObject, member, put } from '../../api-manifest/json.ts'
import type { Definition } from './definition.ts'
import { evaluateMapping } from './evaluate-mapping.ts'
import { Expression, evaluateNested } from './interpolation/expression.ts'
import type { LiteralTest, Scope } from './interpolation/interpolation.ts'
import type { RequestParts } from './roles/request-parts.ts'

/** Numbers of a query stay the text they were written as. */
const isTextOrList: LiteralTest = (value) => typeof value === 'string' || Array.isArray(value)

/** What a requester's own templates put into a request. */
export function requestTemplates(definition: Definition): (scope: Scope) => RequestParts {
  const body = definition.optionalChild('request_body')
  return (scope) => ({
    request_parameter: parameters(definition, scope),
    header: objectOf(definition, 'request_headers', scope),
    body_data: bodyData(definition, body, scope),
    body_json: bodyJson(definition, body, scope),
  })
}

/** A parameter that stands for properties is their names, with commas between. */
function parameters(definition: Definition, scope: Scope): JsonObject {
  const evaluated = objectOf(definition, 'request_parameters', scope, isTextOrList)
  const listed = scope['query_properties']
  for (const [name, value] of Object.entries(evaluated)) {
    if (isJsonObject(value) && member(value, 'type') === 'QueryProperties') {
      put(evaluated, name, Array.isArray(listed) ? listed.join(',') : '')
    }
  }
  return evaluated
}

function objectOf(definition: Definition, field: string, scope: Scope, accepts?: LiteralTest): JsonObject {
  if (typeof definition.get(field) !== 'string') return evaluateMapping(definition, field, scope, accepts)
  const value = new Expression(definition.text(field), definition, '').json(scope)
  return isJsonObject(value) ? withoutNulls(value) : {}
}

function bodyData(definition: Definition, body: Definition | undefined, scope: Scope): JsonObject | string {
  const isOwn = body?.type === 'RequestBodyPlainText' || body?.type === 'RequestBodyUrlEncodedForm'
  const [holder, field] = isOwn ? [body, 'value'] : [definition, 'request_body_data']
  if (typeof holder.get(field) !== 'string') return evaluateMapping(holder, field, scope, isTextOrList)
  const value = new Expression(holder.text(field), holder, '').json(scope, isTextOrList)
  return isJsonObject(value) ? value : String(value)
}

function bodyJson(definition: Definition, body: Definition | undefined, scope: Scope): JsonObject {
  const value = jsonTemplate(definition, body)
  if (value === undefined) return {}
  const evaluated =
    typeof value === 'string'
      ? new Expression(value, definition, '').json(scope)
      : evaluateNested(value, definition, scope)
  if (isJsonObject(evaluated)) return evaluated
  if (evaluated === '' || evaluated === null) return {}
  throw definition.problem('the JSON of a body must be an object')
}

function jsonTemplate(definition: Definition, body: Definition | undefined): Json | undefined {
  if (body === undefined) return definition.get('request_body_json')
  switch (body.type) {
    case 'RequestBodyJsonObject':
      return body.get('value')
    case 'RequestBodyGraphQL':
      return withoutNulls(graphQl(body))
    case 'RequestBodyPlainText':
    case 'RequestBodyUrlEncodedForm':
      return undefined
    default:
      throw body.missing('request body')
  }
}

/** A query of GraphQL and its variables; parameters that were passed down are none of it. */
function graphQl(body: Definition): JsonObject {
  const value = body.object('value') ?? {}
  const parameters = member(value, '$parameters')
  const inherited = isJsonObject(parameters) ? parameters : {}
  return Object.fromEntries(
    Object.entries(value).filter(
      ([key]) =>
        key !== '$parameters' && key !== 'type' && (key === 'query' || !Object.hasOwn(inherited, key)),
    ),
  )
}

function withoutNulls(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))
}
