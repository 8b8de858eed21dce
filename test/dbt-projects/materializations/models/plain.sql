select 1 as id, 'plain' as name
