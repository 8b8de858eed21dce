{% test positive_sum(model, column_name, least=0) %}
select total from (select sum({{ column_name }}) as total from {{ model }}) where total < {{ least }}
{% endtest %}
