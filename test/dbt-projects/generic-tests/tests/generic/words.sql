{% test one_of_many_words(model, column_name, words, case_sensitive=true) %}
  {{ config(severity='warn') }}
  select * from {{ model }}
  where {% if case_sensitive %}{{ column_name }}{% else %}lower({{ column_name }}){% endif %} not in (
    {%- for word in words %}'{{ word }}'{{ ', ' if not loop.last }}{% endfor -%})
{% endtest %}

{% test a_test_with_a_name_that_is_much_longer_than_what_fits_in_the_names_of_most_databases(model, column_name, argument) %}
select 1 as one where '{{ argument }}' = '{{ model }}'
{% endtest %}
