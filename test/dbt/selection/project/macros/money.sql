{% macro money(column) %}round({{ helpers.cents(column) }}, 2){% endmacro %}

{% macro unused() %}1{% endmacro %}
