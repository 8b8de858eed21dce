{{ config(tags='nightly', materialized='incremental', persist_docs={'relation': true}) }}
select ordered_at, sum(amount) as amount from {{ ref('fct_orders') }} group by 1
