select id, name from {{ source('raw', 'src') }}
