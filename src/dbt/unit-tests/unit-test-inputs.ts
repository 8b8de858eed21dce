import { WaterworksError } from '../../errors/waterworks-error.ts'
import { cteName } from '../inject-ctes.ts'
import type { ManifestNode } from '../manifest/manifest-node.ts'
import type { ManifestSource } from '../manifest/manifest-source.ts'
import type { ManifestUnitTest } from '../manifest/manifest-unit-test.ts'
import { parseReference, printReference, type Reference } from '../reference.ts'
import { type Fixture, fixtureOf } from './fixture.ts'

/** What a unit test may give rows for. */
export type InputTarget = ManifestNode | ManifestSource

export interface UnitTestInput {
  readonly target: InputTarget
  /** Whether it stands for what the model itself made before: `this`. */
  readonly isThis: boolean
  /** The CTE that stands for it in the query. */
  readonly cte: string
  readonly fixture: Fixture
}

/**
 * The inputs of a unit test, each with what it stands for. Throws WW2304 for one that names nothing, WW2301 for rows that
 * cannot be read.
 */
export function unitTestInputs(
  test: ManifestUnitTest,
  model: ManifestNode,
  lookUp: (reference: Reference) => InputTarget | undefined,
): readonly UnitTestInput[] {
  const names = new Set<string>()
  return test.given.map((given) => {
    const isThis = given.input.trim() === 'this'
    const target = isThis ? model : targetOf(given.input, test, lookUp)
    const plain = target.resource_type === 'source' ? target.identifier : target.alias
    // A source and a model may have one name; in the query they need two.
    let name = plain
    for (let count = 2; names.has(name.toLowerCase()); count += 1) name = `${plain}__${count}`
    names.add(name.toLowerCase())
    const fixture = fixtureOf(given, `input ${given.input} of unit test ${test.name}`)
    return { target, isThis, cte: cteName(name), fixture }
  })
}

function targetOf(
  input: string,
  test: ManifestUnitTest,
  lookUp: (reference: Reference) => InputTarget | undefined,
): InputTarget {
  const reference = parseReference(input)
  const target = reference && lookUp(reference)
  if (target !== undefined) return target
  throw new WaterworksError('WW2304', {
    message: `unit test ${test.name} gives rows for ${input}, which ${reference === undefined ? 'is neither ref(…), source(…) nor this' : 'names nothing'}`,
  })
}

/** The error for a model that reads what its unit test gives no rows for: nothing real is read in a unit test. WW2305 */
export function noInputFor(reference: Reference, test: ManifestUnitTest): WaterworksError {
  const call = printReference(reference)
  return new WaterworksError('WW2305', {
    message: `unit test ${test.name} gives no rows for ${call}, which model ${test.model} reads`,
    hint: `Add \`- input: ${call}\` with its rows.`,
  })
}
