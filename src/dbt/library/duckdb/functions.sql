{# DuckDB has macros instead of functions: their arguments have no types, and their result is what the expression gives. #}
{% macro duckdb__scalar_function_sql(target_relation) -%}
create or replace macro {{ target_relation.render() }}({{ formatted_scalar_function_args_sql() | trim }}) as (
cast((
{{ model.compiled_code | trim | trim(';') }}
) as {{ model.returns.data_type }})
)
{%- endmacro %}

{# The same, as what a macro does with an aggregate it does with each group of rows. #}
{% macro duckdb__aggregate_function_sql(target_relation) %}
  {{- duckdb__scalar_function_sql(target_relation) -}}
{% endmacro %}

{% macro duckdb__formatted_scalar_function_args_sql() %}
  {%- for argument in model.arguments -%}
    {{ argument.name }}
    {%- if argument.default_value is not none %} := {{ argument.default_value }}{% endif -%}
    {{ ', ' if not loop.last }}
  {%- endfor -%}
{% endmacro %}
