select {{ dbt.current_timestamp() }} is not null as now, {{ dbt.current_timestamp_backcompat() }} is not null as before, {{ snapshot_get_time() }} is not null as snapped
