{# Waterworks' own tests, for projects that ask for them by name. #}

{% test accepted_range(model, column_name, min_value=none, max_value=none, min=none, max=none, inclusive=true) %}
{%- set least = min if min_value is none else min_value -%}
{%- set most = max if max_value is none else max_value -%}
{%- set conditions = [] -%}
{%- if least is not none -%}
  {%- do conditions.append(column_name ~ (' < ' if inclusive else ' <= ') ~ least) -%}
{%- endif -%}
{%- if most is not none -%}
  {%- do conditions.append(column_name ~ (' > ' if inclusive else ' >= ') ~ most) -%}
{%- endif -%}
{%- if not conditions -%}
  {%- do exceptions.raise_compiler_error('accepted_range needs min, max or both.') -%}
{%- endif -%}
select * from {{ model }} where {{ conditions | join(' or ') }}
{% endtest %}

{% test expression(model, expression, column_name=none) %}
select * from {{ model }} where not ({{ expression }})
{% endtest %}

{% test row_count(model, min=none, max=none) %}
{%- set conditions = [] -%}
{%- if min is not none -%}{%- do conditions.append('row_count < ' ~ min) -%}{%- endif -%}
{%- if max is not none -%}{%- do conditions.append('row_count > ' ~ max) -%}{%- endif -%}
{%- if not conditions -%}{%- do exceptions.raise_compiler_error('row_count needs min, max or both.') -%}{%- endif -%}
select row_count from (select count(*) as row_count from {{ model }}) as counted where {{ conditions | join(' or ') }}
{% endtest %}

{% test recency(model, column_name, hours) %}
{%- set oldest = current_timestamp() ~ " - interval '1 second' * " ~ ((hours * 3600) | int) -%}
select newest from (select max({{ column_name }}) as newest from {{ model }}) as found
where newest is null or newest < {{ oldest }}
{% endtest %}

{% test matches(model, column_name, pattern) %}
{%- set literal = dbt.string_literal(dbt.escape_single_quotes(pattern)) -%}
select * from {{ model }}
where {{ column_name }} is not null and not
{%- if target.type == 'duckdb' %} regexp_matches(cast({{ column_name }} as varchar), {{ literal }})
{%- else %} (cast({{ column_name }} as text) ~ {{ literal }})
{%- endif %}
{% endtest %}
