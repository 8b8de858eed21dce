select 1 as id, 1 as price_id, 3 as amount, date '2026-01-01' as day, [1, 2] as list, {'a': 1} as struct
