

{{ config(tags=['hourly'], unique_key='id', post_hook=["select 2", {"sql": "select 3", "transaction": False}]) }}
select * from {{ source('shop', 'orders') }}
