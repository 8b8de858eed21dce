select id, {{ doubled('id') }} as twice from {{ ref('src') }}
