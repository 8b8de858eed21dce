import { describe, expect, it } from 'vitest'
import { WaterworksError } from '../../src/errors/waterworks-error.ts'
import { compileTemplate } from '../../src/jinja/compile-template.ts'
import { hostFunction } from '../../src/jinja/values/host-function.ts'

/** code, line:column, message, hint */
const cases: readonly [source: string, code: string, place: string, message: string, hint?: string][] = [
  ['select {{ 1 + }}', 'WW2001', '1:15', "expected an expression, found the end of the expression ('}}')"],
  ['a\n{{ x', 'WW2001', '2:1', 'this tag is never closed', 'End it with `}}`.'],
  ['{% if x', 'WW2001', '1:1', 'this tag is never closed', 'End it with `%}`.'],
  ["{{ 'x }}", 'WW2001', '1:4', 'this string is never closed'],
  ['{{ (1] }}', 'WW2001', '1:6', "unexpected ']', expected ')'"],
  ['{{ 1 2 }}', 'WW2001', '1:6', "expected the end of the expression ('}}'), found 2"],
  ['{# x', 'WW2001', '1:1', 'this comment is never closed', 'End it with `#}`.'],
  ['{% raw %}x', 'WW2001', '1:1', 'this raw block is never closed', 'End it with `{% endraw %}`.'],
  [
    '\n  {% if x %}\n  {% for a in b %}{% endfor %}',
    'WW2001',
    '2:6',
    "'if' is never closed",
    'End it with `{% endif %}`.',
  ],
  [
    '{% for a in b %}\n{% endif %}',
    'WW2001',
    '2:4',
    "'endif' closes nothing that is open",
    "The innermost open tag is 'for' of line 1.",
  ],
  ['{% break %}', 'WW2001', '1:4', "'break' stands outside of a loop"],
  ['{% set none = 1 %}', 'WW2001', '1:8', "'none' cannot be assigned to"],
  ['{% macro m(a, a) %}{% endmacro %}', 'WW2001', '1:15', "the parameter 'a' is there twice"],
  ['{% fro x in y %}', 'WW2010', '1:4', "there is no tag 'fro'", "Did you mean 'for'?"],
  ["{% include 'x' %}", 'WW2009', '1:4', "the tag 'include' is not supported: a template here is one file"],
  ["{{ 'a'|uper }}", 'WW2003', '1:8', "there is no filter 'uper'", "Did you mean 'upper'?"],
  ["{{ [1]|map('uper')|list }}", 'WW2005', '1:20', "there is no filter 'uper'", "Did you mean 'upper'?"],
  ['{{ 1 is evn }}', 'WW2004', '1:9', "there is no test 'evn'", "Did you mean 'even'?"],
  ['{{ custmer.id }}', 'WW2002', '1:12', "'custmer' is undefined", "Did you mean 'customer'?"],
  [
    '{{ customer.nmae.x }}',
    'WW2002',
    '1:18',
    "'dict object' has no attribute 'nmae'",
    "Did you mean 'name'?",
  ],
  ["{{ 'a'.uper() }}", 'WW2002', '1:8', "'str object' has no attribute 'uper'", "Did you mean 'upper'?"],
  ["select\n  {{ 'a' + 1 }}", 'WW2005', '2:10', 'can only concatenate str (not "int") to str'],
  ['{{ 1 / 0 }}', 'WW2005', '1:6', 'division by zero'],
  ['{% for a, b in [(1, 2, 3)] %}{% endfor %}', 'WW2005', '1:8', 'too many values to unpack (expected 2)'],
  ['{% for a in 5 %}{% endfor %}', 'WW2005', '1:13', "'int' object is not iterable"],
  [
    '{% macro m(alpha) %}{% endmacro %}{{ m(aplha=1) }}',
    'WW2005',
    '1:38',
    "macro 'm' takes no keyword argument 'aplha'",
    "Did you mean 'alpha'?",
  ],
  ['{{ {}.pop("x") }}', 'WW2005', '1:7', "there is no key 'x'"],
  ['{{ range(10 ** 9) }}', 'WW2006', '1:4', 'the range is too long: at most 100000 items'],
  ["{{ 'ab' * 10 ** 9 }}", 'WW2006', '1:9', 'the repeated sequence is too long'],
  ['{{ 10 ** (10 ** 10) }}', 'WW2006', '1:7', 'the power is too large'],
  ['{{ fails() }}', 'WW2008', '1:4', 'boom'],
  ['{{ refuses() }}', 'WW3001', '1:4', 'the engine said no', 'as it does'],
  ['{{ bare }}', 'WW2005', '1:4', 'the function bare is not wrapped by hostFunction'],
  ['{{ when }}', 'WW2005', '1:4', 'templates cannot use a value of class Date'],
]

const context = {
  customer: { name: 'Ann', id: 1 },
  fails: hostFunction('fails', () => {
    throw new Error('boom')
  }),
  refuses: hostFunction('refuses', () => {
    throw new WaterworksError('WW3001', { message: 'the engine said no', hint: 'as it does' })
  }),
  bare: function bare() {},
  when: new Date(0),
}

describe('errors', () => {
  it.each(cases)('%s', (source, code, place, message, hint) => {
    let error: unknown
    try {
      compileTemplate(source, { file: 'models/a.sql' }).render(context)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(WaterworksError)
    const { location, ...rest } = error as WaterworksError
    expect({
      code: rest.code,
      message: (error as WaterworksError).message,
      hint: rest.hint,
      place: `${location?.line}:${location?.column}`,
      file: location?.file,
      text: location?.text,
    }).toEqual({
      code,
      message,
      hint,
      place,
      file: 'models/a.sql',
      text: source.split('\n')[Number(place.split(':')[0]) - 1],
    })
  })

  it('counts lines from where the template begins in its file', () => {
    expect(() =>
      compileTemplate('a\n{{ 1 / 0 }}', { file: 'schema.yml', firstLine: 40 }).render(),
    ).toThrowError(
      expect.objectContaining({ location: { file: 'schema.yml', line: 41, column: 6, text: '{{ 1 / 0 }}' } }),
    )
  })

  it('passes on what the host throws that is no error', () => {
    const signal = { stop: true }
    const stop = hostFunction('stop', () => {
      throw signal
    })
    expect(() => compileTemplate('{{ stop() }}', { file: 'a' }).render({ stop })).toThrowError(
      expect.objectContaining(signal),
    )
  })

  it('ends a recursion without end', () => {
    const source = '{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}'
    expect(() => compileTemplate(source, { file: 'a' }).render()).toThrowError(
      expect.objectContaining({ code: 'WW2006', message: 'the template calls itself too deeply' }),
    )
  })
})
