{% test is_filled(model) %}
select 1 where (select count(*) from {{ model }}) = 0
{% endtest %}
