select 1 from {{ ref('fct_orders') }} f join {{ ref('daily.sales') }} s on true where false
