{# The macro of a strategy by its name, which may say its package: `my_package.my_strategy`. #}
{% macro strategy_dispatch(name) -%}
  {%- set package, strategy = name.split('.', 1) if '.' in name else (none, name) -%}
  {%- if package is not none and package not in context -%}
    {%- do exceptions.raise_compiler_error('There is no package "' ~ package ~ '" with the strategy "' ~ name ~ '".') -%}
  {%- endif -%}
  {%- set names = context if package is none else context[package] -%}
  {%- set macro_name = 'snapshot_' ~ strategy ~ '_strategy' -%}
  {%- if macro_name not in names -%}
    {%- do exceptions.raise_compiler_error('There is no snapshot strategy "' ~ name ~ '": no macro ' ~ macro_name ~ ' is found.') -%}
  {%- endif -%}
  {{ return(names[macro_name]) }}
{%- endmacro %}

{% macro snapshot_hash_arguments(args) -%}{{ adapter.dispatch('snapshot_hash_arguments', 'dbt')(args) }}{%- endmacro %}
{% macro default__snapshot_hash_arguments(args) -%}
  md5({% for arg in args %}coalesce(cast({{ arg }} as varchar ), ''){{ " || '|' || " if not loop.last }}{% endfor %})
{%- endmacro %}

{% macro snapshot_timestamp_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) -%}
  {%- set key = config.get('unique_key') -%}
  {%- set updated_at = config.get('updated_at') -%}
  {%- set hard_deletes = adapter.get_hard_deletes_behavior(config) -%}
  {{ return({
    'unique_key': key,
    'updated_at': updated_at,
    'row_changed': '(' ~ snapshotted_rel ~ '.' ~ snapshot_columns().dbt_valid_from ~ ' < ' ~ current_rel ~ '.' ~ updated_at ~ ')',
    'scd_id': snapshot_hash_arguments(api.Relation.scd_args(key, updated_at)),
    'invalidate_hard_deletes': hard_deletes == 'invalidate',
    'hard_deletes': hard_deletes
  }) }}
{%- endmacro %}

{% macro snapshot_check_strategy(node, snapshotted_rel, current_rel, model_config, target_exists) -%}
  {%- set key = config.get('unique_key') -%}
  {%- set hard_deletes = adapter.get_hard_deletes_behavior(config) -%}
  {%- set updated_at = config.get('updated_at') or snapshot_get_time() -%}
  {%- set column_added, checked = snapshot_check_all_get_existing_columns(node, target_exists, config.get('check_cols')) -%}
  {%- set differences = [] -%}
  {%- for column in checked -%}
    {%- set old = snapshotted_rel ~ '.' ~ column -%}
    {%- set new = current_rel ~ '.' ~ column -%}
    {%- do differences.append(
      '(' ~ old ~ ' != ' ~ new ~ ' or (' ~ old ~ ' is null and ' ~ new ~ ' is not null)'
      ~ ' or (' ~ old ~ ' is not null and ' ~ new ~ ' is null))'
    ) -%}
  {%- endfor -%}
  {{ return({
    'unique_key': key,
    'updated_at': updated_at,
    'row_changed': '(' ~ (get_true_sql() if column_added else differences | join(' or ')) ~ ')',
    'scd_id': snapshot_hash_arguments(api.Relation.scd_args(key, updated_at)),
    'invalidate_hard_deletes': hard_deletes == 'invalidate',
    'hard_deletes': hard_deletes
  }) }}
{%- endmacro %}

{# Whether a column is new since the last time, and the columns to compare. #}
{% macro snapshot_check_all_get_existing_columns(node, target_exists, check_cols_config) -%}
  {%- if not target_exists -%}{{ return((false, [])) }}{%- endif -%}
  {%- set code = node['compiled_code'] -%}
  {%- if check_cols_config == 'all' -%}
    {%- set asked = get_columns_in_query(code) -%}
  {%- elif check_cols_config is not string and check_cols_config is iterable and check_cols_config | length > 0 -%}
    {%- set asked = get_columns_in_query('select ' ~ (check_cols_config | join(', ')) ~ ' from (\n' ~ code ~ '\n) subq') -%}
  {%- else -%}
    {%- do exceptions.raise_compiler_error("check_cols is 'all' or a list of columns, and not " ~ check_cols_config ~ '.') -%}
  {%- endif -%}
  {%- set relation = adapter.get_relation(database=node.database, schema=node.schema, identifier=node.alias) -%}
  {%- set present = adapter.get_columns_in_relation(relation) | map(attribute='name') | list -%}
  {%- set compared = [] -%}
  {%- for name in asked if name in present -%}{%- do compared.append(adapter.quote(name)) -%}{%- endfor -%}
  {{ return((compared | length < asked | length, compared)) }}
{%- endmacro %}
