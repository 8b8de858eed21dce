select count(*) as n, min(e.happened_at) as first from {{ ref('events') }} as e
