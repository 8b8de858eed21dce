{{ config(unique_key='id') }}
select id, name, amount from {{ ref('changes') }} where day = {{ var('day') }}
