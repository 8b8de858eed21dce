select id, 'x' as name from {{ ref('stg_customers') }}
