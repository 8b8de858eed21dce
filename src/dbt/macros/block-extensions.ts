import type { BlockExtension } from '../../jinja/syntax/block-extension.ts'
import type { TemplateExtensions } from '../../jinja/template-kind.ts'
import { textFilters } from './text-filters.ts'

/** `{% test name(model, column) %}`, also under its newer name `data_test`. */
const test: BlockExtension = {
  tag: 'test',
  body: 'macro',
  readHeading(header) {
    const name = header.name()
    return { name, macroName: `test_${name}`, parameters: header.parameters() }
  },
}
const dataTest: BlockExtension = { ...test, tag: 'data_test' }

/** `{% materialization name, adapter='duckdb', supported_languages=['sql'] %}` or `{% materialization name, default %}`. */
const materialization: BlockExtension = {
  tag: 'materialization',
  body: 'macro',
  readHeading(header) {
    const name = header.name()
    const options: Record<string, unknown> = { adapter: 'default', supported_languages: ['sql'] }
    while (header.skip(',')) {
      if (header.skip('default')) continue
      const option = header.name()
      header.expect('=')
      options[option] = header.constant()
    }
    return { name, macroName: `materialization_${name}_${String(options['adapter'])}`, options }
  },
}

const snapshot: BlockExtension = {
  tag: 'snapshot',
  body: 'raw',
  readHeading: (header) => ({ name: header.name() }),
}
const docs: BlockExtension = { tag: 'docs', body: 'raw', readHeading: (header) => ({ name: header.name() }) }

/** What dbt's templates have besides Jinja2's own. */
export const templateExtensions: TemplateExtensions = {
  blocks: [test, dataTest, materialization, snapshot, docs],
  filters: textFilters,
}
