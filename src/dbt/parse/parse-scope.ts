import type { Diagnostics } from '../../errors/diagnostics.ts'
import type { Location } from '../../errors/location.ts'
import type { Origin } from '../../project/origin.ts'
import type { DbtPackage } from '../../project/package.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import type { PackageConfigs } from './package-configs.ts'
import type { PropertiesIndex } from './properties-index.ts'
import type { RelationNames } from './relation-names.ts'
import type { TemplateReader } from './template-reader.ts'
import type { YamlValues } from './yaml-values.ts'

/** What every part of parsing works with. */
export interface ParseScope {
  readonly packages: readonly DbtPackage[]
  readonly root: DbtPackage
  readonly renderer: TemplateRenderer
  readonly diagnostics: Diagnostics
  readonly configs: PackageConfigs
  readonly yaml: YamlValues
  readonly properties: PropertiesIndex
  readonly relations: RelationNames
  readonly templates: TemplateReader
  /** Seconds since 1970: when all of it was parsed. */
  readonly now: number
  locate(origin: Origin): Location
}
