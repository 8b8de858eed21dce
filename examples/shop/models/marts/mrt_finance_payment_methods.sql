{{ config(materialized='table', tags=['mart']) }}

{#- Grain: one row per way of paying. -#}

select
    payment_method,
    count(*) as payment_count,
    sum(paid_amount) as paid_amount,
    sum(refunded_amount) as refunded_amount,
    round(100.0 * sum(refunded_amount) / sum(paid_amount), 2) as refunded_pct
from {{ ref('stg_shop__payments') }}
group by payment_method
