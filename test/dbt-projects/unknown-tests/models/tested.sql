select id from {{ var('input') }}
