-- {{ tojson({'b': [1, 2.0, none], 'a': "it's \"q\" é"}) }} {{ tojson({'b': 1, 'a': 2}, sort_keys=true) }} {{ fromjson('{"x": [1, {"y": null}]}') }}
-- {{ toyaml({'b': [1, 'x'], 'a': none}) | replace('\n', '|') }} {{ fromyaml('a: [1, yes, 2026-01-01]\nb: 010') }}
-- {{ local_md5('text') }} {{ var('listed') }} {{ var('mapped').a.b }} {{ var('mapped') }} {{ var('absent', 'default') }} {{ var('day') }} {{ var.has_var('day') }}
-- {{ '%05.2f|%s|%r' % (3.14159, none, 'x') }} {{ '{:>5}|{:,}|{!r}'.format('a', 1234567, 'b') }} {{ 7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 2 ** 10 }} {{ 1e3 }} {{ 10 / 5 }}
-- {{ [1, 'a', none, true, 1.0, (1,), {'k': 'v'}] }} {{ 'a' ~ 1 ~ none ~ 1.50 }} {{ 'abc'[::-1] }} {{ [1, 2, 3][-2:] }} {{ 'x' * 3 }} {{ [1] + [2] }}
-- {{ ['b', 'a'] | sort | join('-') }} {{ {'b': 1, 'a': 2} | dictsort }} {{ [{'n': 1}, {'n': 2}] | map(attribute='n') | sum }} {{ [1, 2, 3] | select('odd') | list }}
-- {{ 'a,b'.split(',') }} {{ ' x '.strip() }} {{ 'aXb'.lower().title() }} {{ 'abc'.replace('b', '') }} {{ 'ab'.startswith('a') }} {{ '42' | int + 1 }} {{ 3.7 | round | int }} {{ '1.5' | float }}
-- {{ '7' | as_number }} {{ 'true' | as_bool }} {{ '[1]' | as_native }} {{ 7 | as_text }} {{ none is none }} {{ undefined_name is defined }} {{ {} or 'empty' }} {{ 'a' in 'cat' and 1 not in [2] }}
{%- set ns = namespace(total=0) %}{% for n in [1, 2, 3] if n != 2 %}{% set ns.total = ns.total + n %}{% endfor %}
{%- set d = {} %}{% do d.update({'k': [1]}) %}{% do d['k'].append(2) %}{% do d.setdefault('m', 3) %}
-- {{ ns.total }} {{ d }} {{ d.pop('m') }} {{ d.get('zz', 'none') }} {{ d.items() | list }}
{% for row in [1, 2] %}-- {{ loop.index0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }} {% else %}never{% endfor %}
{% set block %}  set   block {% endset %}-- [{{ block | trim }}] {% raw %}{{ raw }}{% endraw %} {% filter upper %}filtered{% endfilter %}
select '{{ var("text") | replace("'", "''") }}' as text
