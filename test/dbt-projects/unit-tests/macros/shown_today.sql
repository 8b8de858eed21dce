{% macro shown_today() %}current_date{% endmacro %}
