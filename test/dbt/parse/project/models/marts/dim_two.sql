select 1 as id, 'a' as name, 2 as extra from {{ ref('dim', v=1) }}
