{{ config(unique_key='id', incremental_strategy='merge', merge_update_columns=['amount']) }}
select id, name, amount from {{ ref('changes') }} where day = {{ var('day') }}
