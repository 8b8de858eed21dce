select count(*) as n from {{ ref('calls') }}, {{ source('outside', 'things') }}
