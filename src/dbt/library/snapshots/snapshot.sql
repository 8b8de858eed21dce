{% materialization snapshot, default %}
  {%- set exists, target_relation = get_or_create_relation(
    database=model.database, schema=model.schema, identifier=model.get('alias', model.get('name')), type='table'
  ) -%}
  {%- if not target_relation.is_table -%}{%- do exceptions.relation_wrong_type(target_relation, 'table') -%}{%- endif -%}
  {%- do run_hooks(pre_hooks, inside_transaction=false) -%}
  {%- do run_hooks(pre_hooks, inside_transaction=true) -%}

  {%- set strategy_macro = strategy_dispatch(config.get('strategy')) -%}
  {%- set strategy = strategy_macro(model, 'snapshotted_data', 'source_data', model['config'], exists) -%}
  {%- if not exists -%}
    {%- set final_sql = create_table_as(false, target_relation, build_snapshot_table(strategy, model['compiled_code'])) -%}
  {%- else -%}
    {%- do adapter.assert_valid_snapshot_target_given_strategy(target_relation, snapshot_columns(), strategy) -%}
    {%- set staging = build_snapshot_staging_table(strategy, sql, target_relation) -%}
    {%- do adapter.expand_target_column_types(from_relation=staging, to_relation=target_relation) -%}
    {%- set added = [] -%}
    {%- for column in adapter.get_missing_columns(staging, target_relation) if not is_snapshot_helper(column.name) -%}
      {%- do added.append(column) -%}
    {%- endfor -%}
    {%- do create_columns(target_relation, added) -%}
    {%- set inserted = [] -%}
    {%- for column in adapter.get_columns_in_relation(staging) if not is_snapshot_helper(column.name) -%}
      {%- do inserted.append(adapter.quote(column.name)) -%}
    {%- endfor -%}
    {%- set final_sql = snapshot_merge_sql(target=target_relation, source=staging, insert_cols=inserted) -%}
  {%- endif -%}
  {%- call statement('main') -%}{{ final_sql }}{%- endcall -%}

  {%- do apply_grants(target_relation, config.get('grants'), should_revoke=should_revoke(exists, full_refresh_mode=false)) -%}
  {%- do persist_docs(target_relation, model) -%}
  {%- if not exists -%}{%- do create_indexes(target_relation) -%}{%- endif -%}
  {%- do run_hooks(post_hooks, inside_transaction=true) -%}
  {%- do adapter.commit() -%}
  {%- if staging is defined -%}{%- do post_snapshot(staging) -%}{%- endif -%}
  {%- do run_hooks(post_hooks, inside_transaction=false) -%}
  {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}

{# Columns that only say what becomes of a row. #}
{% macro is_snapshot_helper(name) -%}
  {%- set lower = name | lower -%}
  {{ return(lower == 'dbt_change_type' or lower.startswith('dbt_unique_key')) }}
{%- endmacro %}

{# The names of the columns a snapshot keeps its history in, the project's own where it has some. #}
{% macro get_snapshot_table_column_names() -%}
  {{ return({
    'dbt_valid_to': 'dbt_valid_to', 'dbt_valid_from': 'dbt_valid_from', 'dbt_scd_id': 'dbt_scd_id',
    'dbt_updated_at': 'dbt_updated_at', 'dbt_is_deleted': 'dbt_is_deleted'
  }) }}
{%- endmacro %}

{% macro snapshot_columns() -%}
  {%- set names = get_snapshot_table_column_names() -%}
  {%- for key, name in (config.get('snapshot_meta_column_names') or {}).items() if name -%}
    {%- do names.update({key: name}) -%}
  {%- endfor -%}
  {{ return(names) }}
{%- endmacro %}

{% macro create_columns(relation, columns) -%}{{ return(adapter.dispatch('create_columns', 'dbt')(relation, columns)) }}{%- endmacro %}
{% macro default__create_columns(relation, columns) -%}
  {%- for column in columns -%}
    {%- call statement() -%}
      alter table {{ relation.render() }} add column {{ adapter.quote(column.name) }} {{ column.data_type }}
    {%- endcall -%}
  {%- endfor -%}
{%- endmacro %}

{% macro post_snapshot(staging_relation) -%}{{ return(adapter.dispatch('post_snapshot', 'dbt')(staging_relation)) }}{%- endmacro %}
{% macro default__post_snapshot(staging_relation) -%}{%- endmacro %}

{% macro build_snapshot_staging_table(strategy, sql, target_relation) -%}
  {%- set staging = make_temp_relation(target_relation) -%}
  {%- set select = snapshot_staging_table(strategy, sql, target_relation) -%}
  {%- call statement('build_snapshot_staging_relation') -%}{{ create_table_as(true, staging, select) }}{%- endcall -%}
  {{ return(staging) }}
{%- endmacro %}

{% macro build_snapshot_table(strategy, sql) -%}
  {{ return(adapter.dispatch('build_snapshot_table', 'dbt')(strategy, sql)) }}
{%- endmacro %}
{% macro default__build_snapshot_table(strategy, sql) -%}
  {%- set columns = snapshot_columns() -%}
  select *, {{ strategy.scd_id }} as {{ columns.dbt_scd_id }},
    {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
    {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
    {{ get_dbt_valid_to_current(strategy, columns) }}
    {{- ", 'False' as " ~ columns.dbt_is_deleted if strategy.hard_deletes == 'new_record' }}
  from (
    {{ sql }}
  ) sbq
{%- endmacro %}

{# The end of what holds now, in the type of the moment it began. #}
{% macro get_dbt_valid_to_current(strategy, columns) -%}
  coalesce(nullif({{ strategy.updated_at }}, {{ strategy.updated_at }}), {{ config.get('dbt_valid_to_current') or 'null' }}) as {{ columns.dbt_valid_to }}
{%- endmacro %}

{% macro get_true_sql() -%}{{ return(adapter.dispatch('get_true_sql', 'dbt')()) }}{%- endmacro %}
{% macro default__get_true_sql() -%}{{ return('TRUE') }}{%- endmacro %}

{# Keys: one, or a list of them. #}

{% macro unique_key_fields(unique_key) -%}
  {%- if unique_key | is_list -%}
    {%- for key in unique_key -%}{{ key }} as dbt_unique_key_{{ loop.index }}{{ ', ' if not loop.last }}{%- endfor -%}
  {%- else -%}{{ unique_key }} as dbt_unique_key{%- endif -%}
{%- endmacro %}

{% macro unique_key_join_on(unique_key, identifier, from_identifier) -%}
  {%- if unique_key | is_list -%}
    {%- for key in unique_key -%}
      {%- set column = '.dbt_unique_key_' ~ loop.index -%}
      {{ equals(identifier ~ column, from_identifier ~ column) }}{{ ' and ' if not loop.last }}
    {%- endfor -%}
  {%- else -%}{{ identifier }}.dbt_unique_key = {{ from_identifier }}.dbt_unique_key{%- endif -%}
{%- endmacro %}

{% macro unique_key_is_null(unique_key, identifier) -%}
  {{ identifier }}.dbt_unique_key{{ '_1' if unique_key | is_list }} is null
{%- endmacro %}

{% macro unique_key_is_not_null(unique_key, identifier) -%}
  {{ identifier }}.dbt_unique_key{{ '_1' if unique_key | is_list }} is not null
{%- endmacro %}

{# What changed since the last time, one row for each: 'insert' what begins to hold, 'update' and 'delete' what ceases to. #}
{% macro snapshot_staging_table(strategy, source_sql, target_relation) -%}
  {{ return(adapter.dispatch('snapshot_staging_table', 'dbt')(strategy, source_sql, target_relation)) }}
{%- endmacro %}
{% macro default__snapshot_staging_table(strategy, source_sql, target_relation) -%}
  {%- set columns = snapshot_columns() -%}
  {%- set key = strategy.unique_key -%}
  {%- set current = config.get('dbt_valid_to_current') -%}
  {%- set marks = strategy.hard_deletes == 'new_record' -%}
  {%- set ends = strategy.hard_deletes in ['invalidate', 'new_record'] -%}
  {%- set is_deleted = 'snapshotted_data.' ~ columns.dbt_is_deleted ~ " = 'True'" -%}
  {%- set changed = strategy.row_changed ~ (' or ' ~ is_deleted if marks else '') -%}
  {%- set joined = unique_key_join_on(key, 'snapshotted_data', 'source_data') -%}
  {%- set not_marked = 'not (' ~ is_deleted ~ ')' -%}
  with snapshot_query as (
    {{ source_sql }}
  ),
  snapshotted_data as (
    select *, {{ unique_key_fields(key) }}
    from {{ target_relation }}
    where {{ columns.dbt_valid_to }} is null
    {{- ' or ' ~ columns.dbt_valid_to ~ ' = ' ~ (current | trim) if current }}
  ),
  insertions_source_data as (
    select *, {{ unique_key_fields(key) }},
      {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
      {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
      {{ get_dbt_valid_to_current(strategy, columns) }},
      {{ strategy.scd_id }} as {{ columns.dbt_scd_id }}
    from snapshot_query
  ),
  updates_source_data as (
    select *, {{ unique_key_fields(key) }},
      {{ strategy.updated_at }} as {{ columns.dbt_updated_at }},
      {{ strategy.updated_at }} as {{ columns.dbt_valid_from }},
      {{ strategy.updated_at }} as {{ columns.dbt_valid_to }}
    from snapshot_query
  ),
  {%- if ends %}
  deletes_source_data as (
    select *, {{ unique_key_fields(key) }} from snapshot_query
  ),
  {%- endif %}
  insertions as (
    select 'insert' as dbt_change_type, source_data.*{{ ", 'False' as " ~ columns.dbt_is_deleted if marks }}
    from insertions_source_data as source_data
    left outer join snapshotted_data on {{ joined }}
    where {{ unique_key_is_null(key, 'snapshotted_data') }}
      or ({{ unique_key_is_not_null(key, 'snapshotted_data') }} and ({{ changed }}))
  ),
  updates as (
    select 'update' as dbt_change_type, source_data.*, snapshotted_data.{{ columns.dbt_scd_id }}
      {{- ', snapshotted_data.' ~ columns.dbt_is_deleted if marks }}
    from updates_source_data as source_data
    join snapshotted_data on {{ joined }}
    where ({{ changed }})
  )
  {%- if ends %},
  deletes as (
    select 'delete' as dbt_change_type, source_data.*,
      {{ snapshot_get_time() }} as {{ columns.dbt_valid_from }},
      {{ snapshot_get_time() }} as {{ columns.dbt_updated_at }},
      {{ snapshot_get_time() }} as {{ columns.dbt_valid_to }},
      snapshotted_data.{{ columns.dbt_scd_id }}
      {{- ', snapshotted_data.' ~ columns.dbt_is_deleted if marks }}
    from snapshotted_data
    left join deletes_source_data as source_data on {{ joined }}
    where {{ unique_key_is_null(key, 'source_data') }}{{ ' and ' ~ not_marked if marks }}
  )
  {%- endif %}
  {%- if marks %}
  {%- set kept = get_list_of_column_names(get_columns_in_relation(target_relation)) %},
  deletion_records as (
    select 'insert' as dbt_change_type,
      {% for name in get_columns_in_query(source_sql) -%}
        {{ 'snapshotted_data' if name in kept else 'source_data' }}.{{ adapter.quote(name) }},
      {% endfor -%}
      {%- if key | is_list -%}
        {%- for part in key -%}snapshotted_data.{{ part }} as dbt_unique_key_{{ loop.index }},{% endfor -%}
      {%- else -%}snapshotted_data.dbt_unique_key as dbt_unique_key,{%- endif %}
      {{ snapshot_get_time() }} as {{ columns.dbt_valid_from }},
      {{ snapshot_get_time() }} as {{ columns.dbt_updated_at }},
      snapshotted_data.{{ columns.dbt_valid_to }} as {{ columns.dbt_valid_to }},
      {{ snapshot_hash_arguments([columns.dbt_scd_id, snapshot_get_time()]) }} as {{ columns.dbt_scd_id }},
      'True' as {{ columns.dbt_is_deleted }}
    from snapshotted_data
    left join deletes_source_data as source_data on {{ joined }}
    where {{ unique_key_is_null(key, 'source_data') }} and {{ not_marked }}
  )
  {%- endif %}
  select * from insertions
  union all
  select * from updates
  {%- if ends %}
  union all
  select * from deletes
  {%- endif %}
  {%- if marks %}
  union all
  select * from deletion_records
  {%- endif %}
{%- endmacro %}

{% macro snapshot_merge_sql(target, source, insert_cols) -%}
  {{ return(adapter.dispatch('snapshot_merge_sql', 'dbt')(target, source, insert_cols)) }}
{%- endmacro %}
{# An update and an insert: every engine has them. #}
{% macro default__snapshot_merge_sql(target, source, insert_cols) -%}
  {%- set columns = snapshot_columns() -%}
  {%- set current = config.get('dbt_valid_to_current') -%}
  update {{ target }} as DBT_INTERNAL_TARGET
  set {{ columns.dbt_valid_to }} = DBT_INTERNAL_SOURCE.{{ columns.dbt_valid_to }}
  from {{ source }} as DBT_INTERNAL_SOURCE
  where DBT_INTERNAL_SOURCE.{{ columns.dbt_scd_id }}::text = DBT_INTERNAL_TARGET.{{ columns.dbt_scd_id }}::text
    and DBT_INTERNAL_SOURCE.dbt_change_type::text in ('update'::text, 'delete'::text)
    and (DBT_INTERNAL_TARGET.{{ columns.dbt_valid_to }} is null
    {{- ' or DBT_INTERNAL_TARGET.' ~ columns.dbt_valid_to ~ ' = ' ~ current if current }});

  insert into {{ target }} ({{ insert_cols | join(', ') }})
  select {% for column in insert_cols %}DBT_INTERNAL_SOURCE.{{ column }}{{ ', ' if not loop.last }}{% endfor %}
  from {{ source }} as DBT_INTERNAL_SOURCE
  where DBT_INTERNAL_SOURCE.dbt_change_type::text = 'insert'::text
{%- endmacro %}
