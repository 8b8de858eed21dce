{% https://example.org %}
Words between macros are nobody's. {{ not even this }}
{% macro helped() %}{{ return('helped') }}{% endmacro %}

{% macro rows_of(model) %}
  {% do log('rows ' ~ run_query('select count(*) from ' ~ ref(model)).rows[0][0], info=true) %}
{% endmacro %}

{% macro remembered() %}{{ return(context.get('remembered', {}).get('word', 'nothing')) }}{% endmacro %}
