{% macro documented(x) %}{# nothing #}{% endmacro %}
