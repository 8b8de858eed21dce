{{ config(materialized='view', tags=['staging']) }}

select
    customer_id,
    full_name,
    email,
    segment,
    marketing_consent as has_marketing_consent,
    created_at,
    -- What the shop knew first is taken for what was so before.
    case when row_number() over (partition by customer_id order by valid_from) = 1
        then timestamp '1900-01-01 00:00:00' at time zone 'UTC' else valid_from end as valid_from,
    valid_to,
    is_current
from {{ source('shop', 'customers') }}
