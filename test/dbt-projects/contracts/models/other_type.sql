select 'one' as id
