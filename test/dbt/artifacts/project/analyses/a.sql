select count(*) from {{ ref('fct') }}
