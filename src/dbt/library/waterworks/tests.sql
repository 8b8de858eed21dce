{# The platform's own tests: their rows are the failures. A null is what not_null is for, and passes the others. #}

{% test accepted_range(model, column_name, min=none, max=none, inclusive=true, min_value=none, max_value=none) %}
  {%- set low = min_value if min is none else min -%}
  {%- set high = max_value if max is none else max -%}
  {%- set or_equal = '' if inclusive else '=' -%}
  {%- set outside = [] -%}
  {%- if low is not none -%}
    {%- do outside.append(column_name ~ ' <' ~ or_equal ~ ' ' ~ waterworks.literal(low)) -%}
  {%- endif -%}
  {%- if high is not none -%}
    {%- do outside.append(column_name ~ ' >' ~ or_equal ~ ' ' ~ waterworks.literal(high)) -%}
  {%- endif -%}
select *
from {{ model }}
where {{ outside | join(' or ') or 'false' }}
{% endtest %}

{% test matches(model, column_name, pattern) -%}
select *
from {{ model }}
where not {{ adapter.dispatch('matches', 'waterworks')(column_name, waterworks.literal(pattern)) }}
{% endtest %}

{% macro duckdb__matches(column_name, pattern) -%}
  regexp_matches({{ column_name }}, {{ pattern }})
{%- endmacro %}

{% macro postgres__matches(column_name, pattern) -%}
  (({{ column_name }})::text ~ {{ pattern }})
{%- endmacro %}

{# The line break keeps a comment at the end of the expression from swallowing the bracket. #}
{% test expression(model, expression, column_name=none) -%}
select *
from {{ model }}
where not ({{ expression }}
)
{% endtest %}

{# No value at all fails: nothing shows that the data is recent. #}
{% test recency(model, column_name, hours) -%}
  {%- set oldest = run_started_at - modules.datetime.timedelta(hours=hours) -%}
select newest
from (
    select max({{ column_name }}) as newest
    from {{ model }}
) as judged
where newest is null
    or cast(newest as timestamp with time zone) < cast('{{ oldest.isoformat() }}' as timestamp with time zone)
{% endtest %}

{% test row_count(model, min=none, max=none) -%}
select number_of_rows
from (
    select count(*) as number_of_rows
    from {{ model }}
) as counted
where number_of_rows < {{ 0 if min is none else min }}
    {%- if max is not none %} or number_of_rows > {{ max }}{% endif %}
{% endtest %}

{# A value as it stands in SQL. #}
{% macro literal(value) -%}
  {{ value if value is number or value is boolean else "'" ~ (value | string | replace("'", "''")) ~ "'" }}
{%- endmacro %}
