{{ config(unique_key=['id'], incremental_strategy='delete+insert') }}
select id, name, amount from {{ ref('changes') }} where day = {{ var('day') }}
