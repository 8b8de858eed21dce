select id, 'x' as full_name, 1 as draft from {{ ref('stg_people') }}
