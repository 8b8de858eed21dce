select 1 as id, 'a' as full_name, 'x' as more
