select * from {{ ref('counted_up') }}
