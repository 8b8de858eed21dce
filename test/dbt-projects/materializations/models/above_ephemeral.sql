with own as (select 2 as two)
select id, two from {{ ref('passing_through') }}, own
