select upper(name) as name from {{ source('outside', 'people') }}
