{{ config(materialized='table', tags=['dimension']) }}

{#- Grain: one row per version of a customer (slowly changing, type 2). Natural key: customer_id. -#}

select
    {{ surrogate_key(['customer_id', 'valid_from']) }} as customer_key,
    customer_id,
    segment,
    has_marketing_consent,
    email is not null as has_email,
    created_at,
    valid_from,
    valid_to,
    is_current
from {{ ref('stg_shop__customers') }}
