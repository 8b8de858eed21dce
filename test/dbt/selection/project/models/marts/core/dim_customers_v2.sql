select id, 'x' as full_name from {{ ref('stg_customers') }}
