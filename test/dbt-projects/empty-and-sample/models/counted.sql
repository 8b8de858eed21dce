select count(*) as n, min(e.at) as first from {{ ref('events') }} as e
