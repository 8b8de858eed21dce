{{ config(incremental_strategy='append') }}
select id, name from {{ ref('changes') }} where day = {{ var('day') }}
