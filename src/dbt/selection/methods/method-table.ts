import { accessMethod } from './access-method.ts'
import { configMethod } from './config-method.ts'
import { contractMethod } from './contract-method.ts'
import { fileMethod } from './file-method.ts'
import { fqnMethod } from './fqn-method.ts'
import { groupMethod } from './group-method.ts'
import { namedMethod } from './named-method.ts'
import { packageMethod } from './package-method.ts'
import { pathMethod } from './path-method.ts'
import { resourceTypeMethod } from './resource-type-method.ts'
import { resultMethod } from './result-method.ts'
import type { Method } from './selection-method.ts'
import { sourceMethod } from './source-method.ts'
import { sourceStatusMethod } from './source-status-method.ts'
import { stateMethod } from './state-method.ts'
import { tagMethod } from './tag-method.ts'
import { testNameMethod } from './test-name-method.ts'
import { testTypeMethod } from './test-type-method.ts'
import { unknownWord } from './unknown-word.ts'
import { versionMethod } from './version-method.ts'

/** The selection methods that judge one member at a time, by their names in a term. */
export const methods: ReadonlyMap<string, Method> = new Map([
  ['fqn', fqnMethod],
  ['tag', tagMethod],
  ['path', pathMethod],
  ['file', fileMethod],
  ['source', sourceMethod],
  ['resource_type', resourceTypeMethod],
  ['package', packageMethod],
  ['config', configMethod],
  ['test_name', testNameMethod],
  ['test_type', testTypeMethod],
  ['group', groupMethod],
  ['access', accessMethod],
  ['version', versionMethod],
  ['exposure', namedMethod('exposure')],
  ['metric', namedMethod('metric')],
  ['semantic_model', namedMethod('semantic_model')],
  ['saved_query', namedMethod('saved_query')],
  ['unit_test', namedMethod('unit_test')],
  ['pipeline', namedMethod('pipeline')],
  ['contract', contractMethod],
  ['state', stateMethod],
  ['result', resultMethod],
  ['source_status', sourceStatusMethod],
])

/** Means what a selector of selectors.yml means: a whole selection, and no judgement of single members. */
export const SELECTOR_METHOD = 'selector'

/** The name of a method, when there is one. Throws WW1301 otherwise, with the one that may have been meant. */
export function knownMethod(name: string, text: string): string {
  if (methods.has(name) || name === SELECTOR_METHOD) return name
  throw unknownWord('selector method', name, text, [...methods.keys(), SELECTOR_METHOD])
}
