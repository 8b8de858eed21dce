select 'with x as (select 1)' as text, id from {{ ref('one') }}
