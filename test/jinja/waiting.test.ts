import { describe, expect, it } from 'vitest'
import { compileTemplate } from '../../src/jinja/compile-template.ts'
import { returnFunction } from '../../src/jinja/runtime/return-function.ts'
import { hostFunction } from '../../src/jinja/values/host-function.ts'

/** Gives its argument later. */
const later = hostFunction('later', async ([value]) => {
  await new Promise((resolve) => setImmediate(resolve))
  return value
})
/** The same at once: templates must print the same with either. */
const now = hostFunction('later', ([value]) => value)

const templates = [
  "{{ later(1) + later(2) }} {{ later('a') ~ later('b') }} {{ [later(1), later(2)] }} {{ {'k': later(1)} }}",
  "{{ later('ab').upper() }} {{ later({'a': later(5)}).a }} {{ [1, 2, 3][later(1)] }} {{ 'abc'[later(1):] }}",
  '{{ later(1) < later(2) < later(3) }} {{ later(3) < later(2) < later(1) }} {{ later(0) or later(5) }} {{ later(0) and later(5) }}',
  "{{ 'y' if later(true) else 'n' }} {{ later('x') if true }} {{ not later(false) }} {{ -later(3) }}",
  "{{ later('abc')|upper|replace('A', later('z')) }} {{ later(4) is even }} {{ 4 is divisibleby(later(2)) }}",
  '{% if later(false) %}a{% elif later(true) %}b{% else %}c{% endif %}{% if later(0) %}a{% else %}{{ later("d") }}{% endif %}',
  '{% for x in later([1, 2, 3]) %}{{ later(x) }}{{ loop.index }}{{ "," if not loop.last }}{% else %}none{% endfor %}',
  '{% for x in [1, 2, 3, 4] if later(x % 2 == 0) %}{{ x }}{{ loop.length }}{% endfor %}',
  '{% for x in [1, 2, 3, 4, 5] %}{% if later(x) == 2 %}{% continue %}{% endif %}{% if x == later(4) %}{% break %}{% endif %}{{ x }}{% endfor %}',
  '{% for x in [[1, [2]], [3]] recursive %}{% if x is iterable %}({{ loop(later(x)) }}){% else %}{{ later(x) }}{% endif %}{% endfor %}',
  '{% set x = later(1) %}{% set a, b = later([2, 3]) %}{% set y %}<{{ later(4) }}>{% endset %}{% set z | upper %}{{ later("z") }}{% endset %}{{ x }}{{ a }}{{ b }}{{ y }}{{ z }}',
  '{% macro m(a, b=later(2)) %}{{ later(a) }}{{ b }}{% endmacro %}{{ m(later(1)) }}{{ m(1, b=later(3)) }}{{ m(*later([5]), **later({"b": 6})) }}',
  '{% macro m() %}[{{ caller(later(1)) }}{{ caller(2) }}]{% endmacro %}{% call(x) m() %}{{ later(x) }}{% endcall %}',
  '{% macro m() %}{% for i in [1, 2, 3] %}{% if later(i) == 2 %}{{ return([i]) }}{% endif %}{% endfor %}{% endmacro %}{{ m()[0] + 1 }}',
  '{% filter upper %}a{{ later("b") }}{% endfilter %}{% with a = later(1) %}{{ a }}{% endwith %}{% do later(1) %}',
  '{% set ns = namespace(t=0) %}{% for i in [1, 2, 3] %}{% set ns.t = ns.t + later(i) %}{% endfor %}{{ ns.t }}',
  'a{{ later("b") }}c{{ later("d") }}e',
]

describe('a template that waits', () => {
  it.each(templates)('prints what it prints without waiting: %s', async (source) => {
    const template = compileTemplate(source, { file: 'waits.sql' })
    const expected = template.render({ later: now, return: returnFunction })
    expect(await template.renderAsync({ later, return: returnFunction })).toBe(expected)
    expect(expected).not.toContain('Promise')
  })

  it('is refused where no waiting is possible, at the place of the call', () => {
    const template = compileTemplate('select\n  {{ later(1) }}', { file: 'models/a.sql' })
    expect(() => template.render({ later })).toThrowError(
      expect.objectContaining({
        code: 'WW2007',
        message: 'later() must be waited for, and this rendering cannot wait',
        location: { file: 'models/a.sql', line: 2, column: 6, text: '  {{ later(1) }}' },
      }),
    )
  })

  it('tells the place of what fails later', async () => {
    const fails = hostFunction('fails', async () => {
      throw new Error('no such table')
    })
    const source = '{% macro m() %}\n{{ fails() }}{% endmacro %}\n{{ m() }}'
    await expect(compileTemplate(source, { file: 'a.sql' }).renderAsync({ fails })).rejects.toMatchObject({
      code: 'WW2008',
      message: 'no such table',
      location: { line: 2, column: 4 },
      hint: "in macro 'm', called at a.sql:3:4",
    })
  })

  it('renders many at the same time without mixing them up', async () => {
    const template = compileTemplate('{% for i in range(5) %}{{ later(n) }}{% endfor %}', { file: 'a.sql' })
    const texts = await Promise.all([1, 2, 3].map((n) => template.renderAsync({ later, n })))
    expect(texts).toEqual(['11111', '22222', '33333'])
  })
})
