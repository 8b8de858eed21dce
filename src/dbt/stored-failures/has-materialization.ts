import type { Config } from '../merge-configs.ts'
import type { TemplateRenderer } from '../template-renderer.ts'
import { storedAs } from './stored-as.ts'

/** Whether a test is run by the macro of its materialization: where the rows that it finds are kept, or a project has its own. */
export function hasMaterialization(config: Config, { settings, macros }: TemplateRenderer): boolean {
  return (
    storedAs(config, settings.flags?.['STORE_FAILURES'] === true) !== undefined ||
    macros.findMaterialization('test')?.packageName !== 'dbt'
  )
}
