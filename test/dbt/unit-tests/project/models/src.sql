select 1 as id, 'a' as name, cast(1.5 as decimal(10,2)) as amount, [1,2] as xs, true as ok, date '2024-01-01' as d, 1.5::double as f, {'a': 1} as st, now() as ts
