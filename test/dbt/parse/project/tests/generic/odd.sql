{% test is_odd(model, column_name) %}
{{ config(warn_if='>1') }}
select * from {{ model }} where {{ column_name }} % 2 = 0
{% endtest %}
