import { expect, it } from 'vitest'
import { templateExtensions } from '../../../src/dbt/macros/block-extensions.ts'
import { datetimeModule } from '../../../src/dbt/python/datetime-module.ts'
import { DecimalValue } from '../../../src/dbt/python/decimal-value.ts'
import { itertoolsModule } from '../../../src/dbt/python/itertools-module.ts'
import { pytzModule } from '../../../src/dbt/python/pytz-module.ts'
import { reModule } from '../../../src/dbt/python/re-module.ts'
import { compileTemplate } from '../../../src/jinja/compile-template.ts'
import { hostFunction } from '../../../src/jinja/values/host-function.ts'
import golden from './golden.json' with { type: 'json' }

const datetime = datetimeModule(() => 0)
const context = {
  modules: { datetime, pytz: pytzModule, re: reModule, itertools: itertoolsModule },
  dt: datetime['datetime'],
  D: hostFunction('D', ([text]) => DecimalValue.parse(String(text))),
}

/** What CPython's Jinja2 prints of the same, its own modules given: datetime, pytz, re, itertools and Decimal as D. */
it.each(Object.entries(golden))('%s', (expression, printed) => {
  const template = compileTemplate(`{{ ${expression} }}`, { file: 'x.sql', extensions: templateExtensions })
  expect(template.render(context)).toBe(printed)
})

it('refuses what no calendar and no zone has', () => {
  const fails = (expression: string) => () =>
    compileTemplate(`{{ ${expression} }}`, { file: 'x.sql' }).render(context)
  for (const expression of [
    'dt(2023, 2, 29)',
    "dt.strptime('2024', '%Y-%m')",
    "dt.fromisoformat('yesterday')",
    "modules.pytz.timezone('Moon/Crater')",
    "modules.re.search('(', 'x')",
    "D('1') / 0",
    'dt(2024, 1, 1) < dt(2024, 1, 1, tzinfo=modules.pytz.utc)',
  ]) {
    expect(fails(expression), expression).toThrowError(expect.objectContaining({ code: 'WW2005' }))
  }
})
