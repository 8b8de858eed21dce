{{ config(materialized='view', tags=['staging']) }}

select
    payments.payment_id,
    payments.order_id,
    payments.method as payment_method,
    payments.amount as paid_amount,
    coalesce(refunds.refunded_amount, 0) as refunded_amount,
    payments.paid_at
from {{ source('shop', 'payments') }} as payments
left join (
    select payment_id, sum(amount) as refunded_amount
    from {{ source('shop', 'refunds') }}
    group by payment_id
) as refunds on refunds.payment_id = payments.payment_id
