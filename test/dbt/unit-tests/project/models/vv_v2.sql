select id, {{ ut.doubled('id') }} as twice, '{{ env_var("COLOUR", "none") }}' as colour from {{ ref('src') }}
