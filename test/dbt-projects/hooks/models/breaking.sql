{{ config(materialized='table', post_hook="{% if var('break_hook') %}select * from nowhere{% endif %}") }}
select 2 as id
