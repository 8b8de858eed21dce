select * from {{ ref('warning_test') }}
