{{ config(materialized='table') }}
select 1 as "Mixed Case", 2 as "select", 3 as "with ""quotes"""
