{# Puts what a model gives of the rows it is given beside what is expected. #}
{% materialization unit, default %}
  {%- set expected_rows = config.get('expected_rows') -%}
  {%- set expected_sql = config.get('expected_sql') -%}
  {%- set names = expected_rows[0].keys() | list if expected_rows else get_columns_in_query(sql) -%}
  {%- set scratch = make_temp_relation(this.incorporate(type='table')) -%}
  {%- do run_query(get_create_table_as_sql(true, scratch, get_empty_subquery_sql(sql))) -%}
  {%- set types = {} -%}
  {%- set quoted = {} -%}
  {%- for column in adapter.get_columns_in_relation(scratch) -%}
    {%- do types.update({column.name | lower: column.data_type}) -%}
    {%- do quoted.update({column.name | lower: column.quoted}) -%}
  {%- endfor -%}
  {%- set listed = [] -%}
  {%- for name in names -%}{%- do listed.append(quoted[name | lower]) -%}{%- endfor -%}
  {%- set expected = expected_sql or get_expected_sql(expected_rows, types, quoted) -%}
  {%- call statement('main', fetch_result=true) -%}{{ get_unit_test_sql(sql, expected, listed) }}{%- endcall -%}
  {%- do adapter.drop_relation(scratch) -%}
  {{ return({'relations': []}) }}
{% endmaterialization %}

{% macro get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
  {{ adapter.dispatch('get_unit_test_sql', 'dbt')(main_sql, expected_fixture_sql, expected_column_names) }}
{%- endmacro %}

{% macro default__get_unit_test_sql(main_sql, expected_fixture_sql, expected_column_names) -%}
{%- set columns = expected_column_names | join(', ') -%}
{%- set label = adapter.quote('actual_or_expected') -%}
with dbt_internal_unit_test_actual as (
  select {{ columns }}, {{ dbt.string_literal('actual') }} as {{ label }}
  from (
    {{ main_sql }}
  ) _dbt_internal_unit_test_actual
),
dbt_internal_unit_test_expected as (
  select {{ columns }}, {{ dbt.string_literal('expected') }} as {{ label }}
  from (
    {{ expected_fixture_sql }}
  ) _dbt_internal_unit_test_expected
)
select * from dbt_internal_unit_test_actual
union all
select * from dbt_internal_unit_test_expected
{%- endmacro %}

{# The rows of a fixture as a query, in the types of the relation that it stands for; what a row leaves out is null. #}
{% macro get_fixture_sql(rows, column_name_to_data_types=none) -%}
  {%- set quoted = {} -%}
  {%- if not column_name_to_data_types -%}
    {%- set standing_for = defer_relation if defer_relation and not load_relation(this) else this -%}
    {%- set column_name_to_data_types = {} -%}
    {%- for column in adapter.get_columns_in_relation(standing_for) -%}
      {%- do column_name_to_data_types.update({column.name | lower: column.data_type}) -%}
      {%- do quoted.update({column.name | lower: column.quoted}) -%}
    {%- endfor -%}
  {%- endif -%}
  {%- if not column_name_to_data_types -%}
    {%- do exceptions.raise_compiler_error(
      "The columns of '" ~ model.name ~ "' are not known for its unit test: " ~ this ~ ' does not exist.'
    ) -%}
  {%- endif -%}
  {%- do validate_fixture_rows(rows, none) -%}
  {%- set empty = {} -%}
  {%- for name, type in column_name_to_data_types.items() -%}
    {%- do empty.update({name: safe_cast('null', type) | trim}) -%}
  {%- endfor -%}
  {%- for row in rows -%}
    {%- set full = empty.copy() -%}
    {%- do full.update(format_row(row, column_name_to_data_types)) -%}
    {{ fixture_select(full, quoted) }}
    {%- if not loop.last %}
union all
{% endif -%}
  {%- endfor -%}
  {%- if not rows -%}
    {{ fixture_select(empty, quoted) }}
    limit 0
  {%- endif -%}
{%- endmacro %}

{% macro get_expected_sql(rows, column_name_to_data_types, column_name_to_quoted) -%}
  {%- if not rows -%}
    select * from dbt_internal_unit_test_actual limit 0
  {%- endif -%}
  {%- for row in rows -%}
    {{ fixture_select(format_row(row, column_name_to_data_types), column_name_to_quoted) }}
    {%- if not loop.last %}
union all
{% endif -%}
  {%- endfor -%}
{%- endmacro %}

{% macro fixture_select(row, quoted) -%}
select
  {%- for name, value in row.items() %} {{ value | trim }} as {{ quoted.get(name) or adapter.quote(name) }}{{ ',' if not loop.last }}
  {%- endfor %}
{%- endmacro %}

{# A row's values as SQL, by lower-case name. #}
{% macro format_row(row, column_name_to_data_types) -%}
  {%- set formatted = {} -%}
  {%- for written, value in row.items() -%}
    {%- set name = written | lower -%}
    {%- if name not in column_name_to_data_types -%}
      {%- do exceptions.raise_compiler_error(
        "The unit test fixture for '" ~ model.name ~ "' has a column '" ~ name ~ "', and the relation has not. It has "
        ~ (column_name_to_data_types.keys() | join(', ')) ~ '.'
      ) -%}
    {%- endif -%}
    {%- set type = column_name_to_data_types[name] -%}
    {%- if value is string and 'varying' in type -%}{%- set type = type.split('(')[0] -%}{%- endif -%}
    {%- if value is string -%}
      {%- set literal = dbt.string_literal(dbt.escape_single_quotes(value)) -%}
    {%- else -%}
      {%- set literal = 'null' if value is none else value -%}
    {%- endif -%}
    {%- do formatted.update({name: safe_cast(literal, type)}) -%}
  {%- endfor -%}
  {{ return(formatted) }}
{%- endmacro %}

{% macro validate_fixture_rows(rows, row_number) -%}
  {{ return(adapter.dispatch('validate_fixture_rows', 'dbt')(rows, row_number)) }}
{%- endmacro %}
{% macro default__validate_fixture_rows(rows, row_number) -%}{%- endmacro %}
