{{ config(materialized='table', sql_header="create or replace temp macro twice(x) as x * 2;") }}
select twice(2) as four
