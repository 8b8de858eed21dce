select * from {{ ref('above_ephemeral') }}
