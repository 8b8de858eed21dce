import type { Contract } from '../../../contracts/contract.ts'
import { freeze } from '../../freeze.ts'
import type { Intake } from '../../intake.ts'
import type { TextFile } from '../../project-files.ts'
import { odcs2File } from '../../schema/contract/odcs-2-file.ts'
import { odcsFile } from '../../schema/contract/odcs-file.ts'
import type { OdcsMinor } from '../../schema/contract/odcs-parts.ts'
import { shortContractFile } from '../../schema/contract/short-contract-file.ts'
import { validate } from '../../validate.ts'
import { isMapping } from '../../yaml/is-mapping.ts'
import type { Path } from '../../yaml/value-at.ts'
import { fromOdcs } from './from-odcs.ts'
import { fromOdcs2 } from './from-odcs-2.ts'
import { fromShort } from './from-short.ts'

/**
 * One contract: ODCS 3.1, 3.0 or 2.2, or the short form, told apart by `apiVersion` and `contract`. What is wrong in it is noted at its place
 * (WW1004 to WW1008, WW1802 for a version of the standard that is none of these); undefined when it says nothing that can be used.
 */
export function readContract({ path: file, text }: TextFile, intake: Intake): Contract | undefined {
  const written = intake.yaml(file, text, 'core')
  if (written === undefined) return undefined
  const input = { intake, file, written, document: written }
  if (!isMapping(written) || 'contract' in written) {
    const entry = validate(shortContractFile, input)
    return entry && freeze(fromShort(entry, file))
  }
  switch (standardOf(written)) {
    case 'v3.1': {
      const entry = validate(schemaOf(1), input)
      return entry && freeze(fromOdcs(entry, file, 'odcs-3.1', intake))
    }
    case 'v3.0': {
      const entry = validate(schemaOf(0), { ...input, unknownKeys: 'lenient', takesAnyKey })
      return entry && freeze(fromOdcs(entry, file, 'odcs-3.0', intake))
    }
    case 'v2.2': {
      const entry = validate(odcs2File, input)
      return entry && freeze(fromOdcs2(entry, file, intake))
    }
    case undefined: {
      const given = written['apiVersion']
      intake.error(
        given === undefined ? 'WW1005' : 'WW1802',
        { file, path: given === undefined ? [] : ['apiVersion'] },
        given === undefined
          ? {
              message: 'the file has no "apiVersion"',
              hint: 'Add "apiVersion: v3.1.0" for the Open Data Contract Standard, or write the short form under "contract:".',
            }
          : {
              message: `apiVersion is ${typeof given === 'string' ? `"${given.slice(0, 40)}"` : 'no text'}`,
              hint: 'Versions 3.1.0, 3.0.0 to 3.0.2 and 2.2.0 to 2.2.2 of the Open Data Contract Standard are read.',
            },
      )
      return undefined
    }
  }
}

const STANDARDS: Readonly<Record<string, 'v3.1' | 'v3.0' | 'v2.2'>> = {
  'v3.1.0': 'v3.1',
  'v3.0.2': 'v3.0',
  'v3.0.1': 'v3.0',
  'v3.0.0': 'v3.0',
  'v2.2.2': 'v2.2',
  'v2.2.1': 'v2.2',
  'v2.2.0': 'v2.2',
}

/** `apiVersion` may be left out in 2.2, whose datasets have another key. */
function standardOf(written: Readonly<Record<string, unknown>>): 'v3.1' | 'v3.0' | 'v2.2' | undefined {
  const { apiVersion } = written
  if (apiVersion === undefined) return 'dataset' in written ? 'v2.2' : undefined
  return typeof apiVersion === 'string' && Object.hasOwn(STANDARDS, apiVersion)
    ? STANDARDS[apiVersion]
    : undefined
}

const schemas = new Map<OdcsMinor, ReturnType<typeof odcsFile>>()

function schemaOf(minor: OdcsMinor): ReturnType<typeof odcsFile> {
  const made = schemas.get(minor) ?? odcsFile(minor)
  schemas.set(minor, made)
  return made
}

/** The schema of 3.0 is closed for the document, its objects and their properties only. */
function takesAnyKey(path: Path): boolean {
  const inside = path.slice(0, -1)
  if (inside.length === 0) return false
  if (inside[0] !== 'schema') return true
  const names = inside.filter((part) => typeof part === 'string').slice(1)
  return !names.every((part) => part === 'properties' || part === 'items')
}
