with
base as (select * from {{ ref('three') }})
select * from base union all select * from {{ ref('one') }}
