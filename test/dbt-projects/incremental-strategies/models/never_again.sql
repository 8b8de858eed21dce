{{ config(full_refresh=false) }}
select {{ var('day') }} as day, {{ is_incremental() }} as more
