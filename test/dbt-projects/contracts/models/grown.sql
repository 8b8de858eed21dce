{{ config(materialized='incremental', on_schema_change='append_new_columns') }}
select 1 as id{% if var('wider') %}, 2 as more{% endif %}
