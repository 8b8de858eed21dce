{{ config(enabled=false) }}
select 2 as enabled_nodes
