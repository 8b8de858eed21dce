{{ config(on_schema_change='sync_all_columns', unique_key='id') }}
select {{ 2 if var('later') else 1 }}::{{ 'bigint' if var('later') else 'integer' }} as id
