{%- set day = modules.datetime.date(2026, 1, 31) -%}
{%- set moment = modules.datetime.datetime(2026, 3, 1, 12, 30, tzinfo=modules.pytz.utc) -%}
-- {{ day + modules.datetime.timedelta(days=1) }} {{ day.strftime('%Y/%m/%d %a %j') }} {{ day.isoformat() }} {{ day.weekday() }}
-- {{ moment.isoformat() }} {{ moment.astimezone(modules.pytz.timezone('America/New_York')).strftime('%H:%M %Z %z') }}
-- {{ modules.datetime.datetime.strptime('2026-02-03 04:05', '%Y-%m-%d %H:%M') }} {{ (moment - moment).total_seconds() }}
-- {{ modules.re.sub('[aeiou]', '_', 'education') }} {{ modules.re.findall('[0-9]+', 'a1b22') }} {{ modules.re.match('(a)(b)?', 'ac').groups() }}
-- {{ modules.re.search('(?P<year>\d+)', 'in 2026').group('year') }} {{ modules.re.split(',\s*', 'a, b,c') }} {{ modules.re.compile('x').pattern }}
-- {{ modules.itertools.chain([1], [2]) | list }} {{ modules.itertools.product('ab', [1, 2]) | list }} {{ modules.itertools.combinations([1, 2, 3], 2) | list }}
-- {{ zip([1, 2], ['a', 'b']) | list }} {{ set([3, 1, 3]) | sort }} {{ range(2, 8, 3) | list }}
select 1 as id
