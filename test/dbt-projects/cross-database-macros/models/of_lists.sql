select
  {{ dbt.array_construct(['1', '2']) }} as made,
  {{ dbt.array_append(dbt.array_construct(['1']), '2') }} as appended,
  {{ dbt.array_concat(dbt.array_construct(['1']), dbt.array_construct(['2'])) }} as together,
  {{ dbt.array_construct([], 'integer') }} as nothing
