{{ config(unique_key='id', incremental_strategy='merge', merge_exclude_columns=['amount']) }}
select id, name, amount from {{ ref('changes') }} where day = {{ var('day') }}
