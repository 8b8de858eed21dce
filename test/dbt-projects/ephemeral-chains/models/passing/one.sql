select 1 as id, 'with' as word
