select id from {{ ref('middle') }}
