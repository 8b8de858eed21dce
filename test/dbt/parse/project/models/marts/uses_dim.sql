select * from {{ ref('dim') }} union all select *, 1 from {{ ref('dim', version=1) }}
