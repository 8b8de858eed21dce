{{ config(unique_key='id', incremental_strategy='merge') }}
select id, name, amount from {{ ref('changes') }} where day = {{ var('day') }}
