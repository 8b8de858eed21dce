{% macro star_of(x) %}{{ return(adapter.dispatch('star_of', 'local_pkg')(x)) }}{% endmacro %}
{% macro default__star_of(x) %}{{ x }}{% endmacro %}
{% test is_even(model, column_name, mod=2) %}
select * from {{ model }} where {{ column_name }} % {{ mod }} <> 0
{% endtest %}
