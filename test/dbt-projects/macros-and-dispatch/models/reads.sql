select count(*) as n from {{ ref('calls') }}, {{ source('outside', 'things') }} where table_schema <> '_waterworks'
