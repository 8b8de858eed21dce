{% macro get_columns_in_relation(relation) -%}
  {{ return(adapter.dispatch('get_columns_in_relation', 'dbt')(relation)) }}
{%- endmacro %}

{% macro default__get_columns_in_relation(relation) -%}
  {{ return(adapter.get_columns_in_relation(relation)) }}
{%- endmacro %}

{# Columns of a table whose rows are a name, a type, its length, its digits and its places. #}
{% macro sql_convert_columns_in_relation(table) -%}
  {%- set columns = [] -%}
  {%- for row in table -%}{%- do columns.append(api.Column(*row)) -%}{%- endfor -%}
  {{ return(columns) }}
{%- endmacro %}

{% macro get_columns_in_query(select_sql) -%}
  {{ return(adapter.dispatch('get_columns_in_query', 'dbt')(select_sql)) }}
{%- endmacro %}

{% macro default__get_columns_in_query(select_sql) %}
  {%- call statement('get_columns_in_query', fetch_result=true, auto_begin=false) -%}
    {{ get_empty_subquery_sql(select_sql) }}
  {%- endcall -%}
  {{ return(load_result('get_columns_in_query').table.columns | map(attribute='name') | list) }}
{% endmacro %}

{% macro get_column_schema_from_query(select_sql, select_sql_header=none) -%}
  {%- if select_sql_header -%}{%- do run_query(select_sql_header) -%}{%- endif -%}
  {{ return(adapter.get_column_schema_from_query(get_empty_subquery_sql(select_sql))) }}
{%- endmacro %}

{% macro get_list_of_column_names(columns) -%}
  {{ return(columns | map(attribute='name') | list) }}
{%- endmacro %}

{% macro get_empty_subquery_sql(select_sql, select_sql_header=none) -%}
  {{ return(adapter.dispatch('get_empty_subquery_sql', 'dbt')(select_sql, select_sql_header)) }}
{%- endmacro %}

{% macro default__get_empty_subquery_sql(select_sql, select_sql_header=none) -%}
  {{ select_sql_header if select_sql_header is not none }}
  select * from (
    {{ select_sql }}
  ) as __dbt_sbq
  where false
  limit 0
{%- endmacro %}

{# A query of no rows with the columns that a contract promises. #}
{% macro get_empty_schema_sql(columns) -%}
  {{ return(adapter.dispatch('get_empty_schema_sql', 'dbt')(columns)) }}
{%- endmacro %}

{% macro default__get_empty_schema_sql(columns) -%}
  {%- set untyped = [] -%}
  {%- for column in columns.values() if not column.get('data_type') -%}
    {%- do untyped.append(column['name']) -%}
  {%- endfor -%}
  {%- if untyped -%}{%- do exceptions.column_type_missing(column_names=untyped) -%}{%- endif -%}
  {%- set unscaled = [] -%}
  {%- for column in columns.values() if column['data_type'] | trim | lower in ['numeric', 'decimal', 'number'] -%}
    {%- do unscaled.append(column['name']) -%}
  {%- endfor -%}
  {%- if unscaled -%}
    {%- do exceptions.warn(
      'Numbers may be rounded: a contract says nothing of the digits and places of ' ~ unscaled | join(', ') ~ '.'
    ) -%}
  {%- endif -%}
  select
  {% for column in columns.values() -%}
    {%- set name = adapter.quote(column['name']) if column.get('quote') else column['name'] -%}
    {{ cast('null', column['data_type']) }} as {{ name }}{{ ', ' if not loop.last }}
  {%- endfor %}
{%- endmacro %}

{% macro alter_column_type(relation, column_name, new_column_type) -%}
  {{ return(adapter.dispatch('alter_column_type', 'dbt')(relation, column_name, new_column_type)) }}
{%- endmacro %}

{% macro default__alter_column_type(relation, column_name, new_column_type) -%}
  {%- call statement('alter_column_type') -%}
    alter table {{ relation.render() }} alter column {{ adapter.quote(column_name) }} type {{ new_column_type }}
    {%- if target.type == 'postgres' %} using {{ adapter.quote(column_name) }}::{{ new_column_type }}{% endif %}
  {%- endcall -%}
{%- endmacro %}

{% macro alter_relation_add_remove_columns(relation, add_columns=none, remove_columns=none) -%}
  {{ return(adapter.dispatch('alter_relation_add_remove_columns', 'dbt')(relation, add_columns, remove_columns)) }}
{%- endmacro %}

{% macro default__alter_relation_add_remove_columns(relation, add_columns, remove_columns) -%}
  {%- for column in add_columns or [] -%}
    {%- do run_query(
      'alter ' ~ (relation.type or 'table') ~ ' ' ~ relation.render() ~ ' add column ' ~ column.quoted ~ ' ' ~ column.data_type
    ) -%}
  {%- endfor -%}
  {%- for column in remove_columns or [] -%}
    {%- do run_query('alter ' ~ (relation.type or 'table') ~ ' ' ~ relation.render() ~ ' drop column ' ~ column.quoted) -%}
  {%- endfor -%}
{%- endmacro %}

{# Contracts #}

{% macro get_table_columns_and_constraints() -%}
  {{ return(adapter.dispatch('get_table_columns_and_constraints', 'dbt')()) }}
{%- endmacro %}

{% macro default__get_table_columns_and_constraints() -%}{{ return(table_columns_and_constraints()) }}{%- endmacro %}

{% macro table_columns_and_constraints() -%}
  {%- set columns = adapter.render_raw_columns_constraints(raw_columns=model['columns']) -%}
  {%- set constraints = adapter.render_raw_model_constraints(raw_constraints=model['constraints']) -%}
  ({{ (columns + constraints) | join(', ') }})
{%- endmacro %}

{% macro get_contract_column_names() -%}
  {%- set names = [] -%}
  {%- for column in model['columns'].values() -%}
    {%- do names.append(adapter.quote(column['name']) if column.get('quote') else column['name']) -%}
  {%- endfor -%}
  {{ return(names | join(', ')) }}
{%- endmacro %}

{# dbt's names for it: as a list, and in brackets. #}
{% macro default__get_column_names() -%}{{ get_contract_column_names() }}{%- endmacro %}

{# The query's columns in the order that the contract has them. #}
{% macro get_select_subquery(sql) -%}
  {{ return(adapter.dispatch('get_select_subquery', 'dbt')(sql)) }}
{%- endmacro %}

{% macro default__get_select_subquery(sql) -%}
  select {{ adapter.dispatch('get_column_names', 'dbt')() }}
  from (
    {{ sql }}
  ) as model_subq
{%- endmacro %}

{% macro get_assert_columns_equivalent(sql) -%}
  {{ return(adapter.dispatch('get_assert_columns_equivalent', 'dbt')(sql)) }}
{%- endmacro %}

{% macro default__get_assert_columns_equivalent(sql) -%}{{ return(assert_columns_equivalent(sql)) }}{%- endmacro %}

{% macro assert_columns_equivalent(sql) -%}
  {%- if not model['columns'] -%}{%- do exceptions.raise_contract_error([], []) -%}{%- endif -%}
  {%- set given = format_columns(get_column_schema_from_query(sql, config.get('sql_header'))) -%}
  {%- set promised = format_columns(get_column_schema_from_query(get_empty_schema_sql(model['columns']))) -%}
  {%- set texts = promised | map(attribute='formatted') | list -%}
  {%- for column in given if column['formatted'] not in texts -%}
    {%- do exceptions.raise_contract_error(promised, given) -%}
  {%- endfor -%}
  {%- if given | length != promised | length -%}{%- do exceptions.raise_contract_error(promised, given) -%}{%- endif -%}
{%- endmacro %}

{% macro format_columns(columns) -%}
  {%- set formatted = [] -%}
  {%- for column in columns -%}
    {%- do formatted.append(adapter.dispatch('format_column', 'dbt')(column)) -%}
  {%- endfor -%}
  {{ return(formatted) }}
{%- endmacro %}

{% macro default__format_column(column) -%}
  {{ return({
    'name': column.name, 'data_type': column.dtype, 'formatted': column.name | lower ~ ' ' ~ column.dtype
  }) }}
{%- endmacro %}
