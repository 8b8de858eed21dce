select * from {{ ref('below_broken') }} union all select * from {{ ref('fine') }}
