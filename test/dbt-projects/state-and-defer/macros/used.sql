{% macro used() %}1{% endmacro %}
