{{ config(materialized='ephemeral') }}
select id, price_id, amount from {{ ref('orders') }} where amount > 0
