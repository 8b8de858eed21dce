{% macro shout(text) %}{{ return(adapter.dispatch('shout', 'tools')(text)) }}{% endmacro %}
{% macro default__shout(text) %}'{{ text | upper }}!'{% endmacro %}

{% macro whisper(text) %}{{ return(adapter.dispatch('whisper', macro_namespace='tools')(text)) }}{% endmacro %}
{% macro default__whisper(text) %}'{{ text }} by default'{% endmacro %}
{% macro duckdb__whisper(text) %}'{{ text }} on duckdb'{% endmacro %}

{% macro of_package() %}'{{ var('from_package') }} {{ project_name }} {{ model.package_name }}'{% endmacro %}
{% macro same_name() %}'of the package'{% endmacro %}
{% macro uses_same_name() %}{{ same_name() }}{% endmacro %}
