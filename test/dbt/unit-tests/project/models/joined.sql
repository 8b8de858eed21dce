with a as (select * from {{ ref('eph') }}) select a.id, s.name, sum(amount) as amount from a join {{ ref('src') }} s using (id) group by all
