{# Intervals have no quarters. #}
{% macro postgres__dateadd(datepart, interval, from_date_or_timestamp) -%}
  {%- set unit = '3 month' if datepart | lower == 'quarter' else '1 ' ~ datepart -%}
  {{ from_date_or_timestamp }} + ((interval '{{ unit }}') * ({{ interval }}))
{%- endmacro %}

{% macro postgres__datediff(first_date, second_date, datepart) -%}
  {%- set part = "date_part('" ~ datepart ~ "', (" -%}
  {%- if datepart == 'year' -%}
    ({{ part }}{{ second_date }})::date) - {{ part }}{{ first_date }})::date))
  {%- elif datepart in ['quarter', 'month'] -%}
    ({{ datediff(first_date, second_date, 'year') }} * {{ 4 if datepart == 'quarter' else 12 }} + {{ part }}{{ second_date }})::date) - {{ part }}{{ first_date }})::date))
  {%- elif datepart == 'day' -%}
    (({{ second_date }})::date - ({{ first_date }})::date)
  {%- elif datepart == 'week' -%}
    {{ dbt._weeks_between(first_date, second_date, '/') }}
  {%- elif datepart in ['hour', 'minute'] -%}
    {%- set larger, size = ('day', 24) if datepart == 'hour' else ('hour', 60) -%}
    ({{ datediff(first_date, second_date, larger) }} * {{ size }} + {{ part }}{{ second_date }})::timestamp) - {{ part }}{{ first_date }})::timestamp))
  {%- elif datepart in ['second', 'millisecond', 'microsecond'] -%}
    {%- set size = {'second': 60, 'millisecond': 60000, 'microsecond': 60000000}[datepart] -%}
    ({{ datediff(first_date, second_date, 'minute') }} * {{ size }} + floor({{ part }}{{ second_date }})::timestamp)) - floor({{ part }}{{ first_date }})::timestamp)))
  {%- else -%}
    {%- do exceptions.raise_compiler_error('datediff() does not know the part "' ~ datepart ~ '".') -%}
  {%- endif -%}
{%- endmacro %}

{% macro postgres__last_day(date, datepart) -%}{{ dbt._last_day_of_quarters(date, datepart) }}{%- endmacro %}

{% macro postgres__snapshot_get_time() -%}{{ current_timestamp() }}::timestamp without time zone{%- endmacro %}

{% macro postgres__snapshot_string_as_time(timestamp) -%}
  {{ return("'" ~ timestamp ~ "'::timestamp without time zone") }}
{%- endmacro %}

{% macro postgres__current_timestamp_in_utc_backcompat() -%}
  (current_timestamp at time zone 'utc')::{{ type_timestamp() }}
{%- endmacro %}
