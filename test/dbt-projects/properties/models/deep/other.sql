select * from {{ ref('model') }}
