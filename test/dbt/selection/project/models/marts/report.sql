select * from {{ ref('dim_customers') }} cross join {{ ref('daily.sales') }} cross join {{ ref('calendar') }} cross join {{ ref('contracted') }}
