import { constants, createHmac, createSign, sign } from 'node:crypto'
import { isJsonObject, type Json, type JsonObject } from '../../../api-manifest/json.ts'
import { jsonText } from '../../records/sorted-json.ts'
import type { ComponentType } from '../builder.ts'
import type { Definition } from '../definition.ts'
import { evaluateMapping } from '../evaluate-mapping.ts'
import { NO_PARTS, partsOf } from '../roles/request-parts.ts'
import { requestOption } from './request-option.ts'

/** A JSON Web Token that it signs itself for every request. */
export const jwtAuthenticator: ComponentType<'authenticator'> = {
  type: 'JwtAuthenticator',
  make(definition, builder) {
    const option = definition.optionalChild('request_option')
    const place = option === undefined ? undefined : requestOption.make(option, builder)
    return {
      async parts() {
        const token = signed(definition)
        builder.learnSecret(token)
        const prefix = definition.optionalExpression('header_prefix')?.text() ?? ''
        const value = prefix === '' ? token : `${prefix} ${token}`
        return place === undefined ? { ...NO_PARTS, header: { Authorization: value } } : partsOf(place, value)
      },
    }
  },
}

function signed(definition: Definition): string {
  const algorithm = definition.expression('algorithm').text()
  const head = {
    ...evaluateMapping(definition, 'additional_jwt_headers'),
    ...named(definition, 'jwt_headers', ['kid', 'typ', 'cty']),
    alg: algorithm,
  }
  const now = Math.floor(Date.now() / 1000)
  const lasts = definition.integer('token_duration') ?? 1200
  const claims = {
    ...evaluateMapping(definition, 'additional_jwt_payload'),
    ...named(definition, 'jwt_payload', ['iss', 'sub', 'aud']),
    iat: now,
    exp: now + lasts,
    nbf: now,
  }
  const content = `${base64url(head)}.${base64url(claims)}`
  return `${content}.${signature(definition, algorithm, content)}`
}

function named(definition: Definition, field: string, names: readonly string[]): JsonObject {
  const given = definition.object(field)
  if (given === undefined) return {}
  const evaluated = evaluateMapping(definition, field)
  return Object.fromEntries(
    names.flatMap((name): [string, Json][] => {
      const value = evaluated[name]
      return value === undefined || value === null || value === '' || isJsonObject(value)
        ? []
        : [[name, value]]
    }),
  )
}

function signature(definition: Definition, algorithm: string, content: string): string {
  const written = definition.expression('secret_key').text()
  const key = definition.boolean('base64_encode_secret_key')
    ? Buffer.from(written).toString('base64')
    : written
  const phrase = definition.optionalExpression('passphrase')?.text()
  const privateKey = {
    key: key.replaceAll('\\n', '\n'),
    ...(phrase === undefined || phrase === '' ? {} : { passphrase: phrase }),
  }
  if (algorithm === 'EdDSA') return sign(null, Buffer.from(content), privateKey).toString('base64url')
  const [, family, bits] = /^(HS|RS|ES|PS)(256|384|512)$/.exec(algorithm) ?? []
  if (family === undefined || bits === undefined) throw definition.problem(`${algorithm} is not known here`)
  if (family === 'HS') return createHmac(`sha${bits}`, key).update(content).digest('base64url')
  const signer = createSign(`RSA-SHA${bits}`).update(content)
  if (family === 'ES') return signer.sign({ ...privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  const padding =
    family === 'PS'
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
      : { padding: constants.RSA_PKCS1_PADDING }
  return signer.sign({ ...privateKey, ...padding }).toString('base64url')
}

function base64url(value: JsonObject): string {
  return Buffer.from(jsonText(value)).toString('base64url')
}
