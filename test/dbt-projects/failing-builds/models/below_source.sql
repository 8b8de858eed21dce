select 1 as id -- {{ source('raw', 'missing') }}
