import type { ManifestDoc, ManifestGroup, ManifestMacro } from '../manifest/manifest-macro.ts'
import type { ManifestUnitTest, UnitTestRows } from '../manifest/manifest-unit-test.ts'
import { resourceFields } from './resource-fields.ts'

type Entry = Readonly<Record<string, unknown>>

/** A macro as manifest.json has it, its fields in dbt's order; so for the others below. */
export function macroEntry(macro: ManifestMacro): Entry {
  return {
    ...resourceFields(macro),
    macro_sql: macro.macro_sql,
    depends_on: { macros: macro.depends_on.macros },
    description: macro.description,
    meta: macro.meta,
    docs: macro.docs,
    patch_path: macro.patch_path,
    arguments: macro.arguments,
    created_at: macro.created_at,
    supported_languages: macro.supported_languages,
  }
}

export function docEntry(doc: ManifestDoc): Entry {
  return { ...resourceFields(doc), block_contents: doc.block_contents }
}

export function groupEntry(group: ManifestGroup): Entry {
  return {
    ...resourceFields(group),
    owner: group.owner,
    description: group.description,
    config: group.config,
  }
}

export function unitTestEntry(test: ManifestUnitTest): Entry {
  return {
    model: test.model,
    given: test.given.map((given) => ({ input: given.input, ...rowsOf(given) })),
    expect: rowsOf(test.expect),
    ...resourceFields(test),
    fqn: test.fqn,
    description: test.description,
    overrides: test.overrides,
    depends_on: test.depends_on,
    config: test.config,
    checksum: test.checksum,
    schema: test.schema,
    created_at: test.created_at,
    versions: test.versions,
    version: test.version,
  }
}

function rowsOf({ rows, format, fixture }: UnitTestRows): Entry {
  return { rows, format, fixture }
}
