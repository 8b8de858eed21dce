{% macro cents(x) %}{{ x }} / 100{% endmacro %}
{% test positive(model, column_name) %}select * from {{ model }} where {{ column_name }} < 0{% endtest %}
{% macro op(a) %}{% do run_query('select 1') %}{{ return(a) }}{% endmacro %}
