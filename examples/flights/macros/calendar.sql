{#- Names by number, and the holidays of the United States, in SQL that every engine reads alike. -#}

{% macro name_of(number, names) -%}
case {{ number }}
{%- for name in names %} when {{ loop.index }} then '{{ name }}'{% endfor %} end
{%- endmacro %}

{% macro day_name(date) -%}
{{ name_of('extract(isodow from ' ~ date ~ ')', ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']) }}
{%- endmacro %}

{% macro month_name(date) -%}
{{ name_of('extract(month from ' ~ date ~ ')', ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']) }}
{%- endmacro %}

{% macro is_us_holiday(date) -%}
{%- set month = 'extract(month from ' ~ date ~ ')' -%}
{%- set day = 'extract(day from ' ~ date ~ ')' -%}
{%- set weekday = 'extract(isodow from ' ~ date ~ ')' -%}
(
    ({{ month }} = 1 and {{ day }} = 1)
    or ({{ month }} = 7 and {{ day }} = 4)
    or ({{ month }} = 11 and {{ day }} = 11)
    or ({{ month }} = 12 and {{ day }} = 25)
    or ({{ month }} in (1, 2) and {{ weekday }} = 1 and {{ day }} between 15 and 21)
    or ({{ month }} = 5 and {{ weekday }} = 1 and {{ day }} >= 25)
    or ({{ month }} = 9 and {{ weekday }} = 1 and {{ day }} <= 7)
    or ({{ month }} = 10 and {{ weekday }} = 1 and {{ day }} between 8 and 14)
    or ({{ month }} = 11 and {{ weekday }} = 4 and {{ day }} between 22 and 28)
)
{%- endmacro %}
