import { copyJson, isJsonObject, type Json, type JsonObject, member, put } from '../../api-manifest/json.ts'
import type { DeclarativeManifest } from '../../api-manifest/read-manifest.ts'
import { fieldAdder } from './components/add-fields.ts'
import { pointersOf } from './components/remove-fields.ts'
import { Definition } from './definition.ts'
import { evaluateMapping } from './evaluate-mapping.ts'
import { Interpolation } from './interpolation/interpolation.ts'
import { removeAt, valueAt } from './json-path.ts'

/** A config as a manifest wants it: moved on from older forms of it, and with what it derives. */
export function transformConfig({ document, origins }: DeclarativeManifest, config: JsonObject): JsonObject {
  const spec = member(document, 'spec')
  const rules = isJsonObject(spec) ? member(spec, 'config_normalization_rules') : undefined
  if (!isJsonObject(rules)) return config
  const changed = copyJson(config)
  for (const data of transformationsOf(rules)) {
    // Each sees what the one before it left.
    apply(new Definition(data, { interpolation: new Interpolation(copyJson(changed)), origins }), changed)
  }
  return changed
}

function transformationsOf(rules: JsonObject): readonly JsonObject[] {
  const migrations = objects(member(rules, 'config_migrations'))
  return [...migrations, rules].flatMap((each) => objects(member(each, 'transformations')))
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : []
}

function apply(definition: Definition, config: JsonObject): void {
  switch (definition.type) {
    case 'ConfigAddFields':
      fieldAdder(definition)(config, {})
      return
    case 'ConfigRemoveFields':
      if (definition.condition('condition')?.isMet() === false) return
      for (const pointer of pointersOf(definition)) removeAt(config, pointer, () => true)
      return
    case 'ConfigRemapField':
      remap(definition, config)
      return
    default:
      throw definition.missing('transformation of the config')
  }
}

function remap(definition: Definition, config: JsonObject): void {
  const path = definition.expressions('field_path').map((segment) => segment.text())
  const parent = valueAt(config, path.slice(0, -1))
  const name = path.at(-1)
  if (name === undefined || !isJsonObject(parent)) return
  const value = member(parent, name)
  const by = value === undefined ? undefined : member(evaluateMapping(definition, 'map'), String(value))
  if (by !== undefined) put(parent, name, by)
}
