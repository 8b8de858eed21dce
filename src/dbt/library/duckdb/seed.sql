{# DuckDB reads the file itself, unless `fast: false` asks for what was read here. #}
{% macro duckdb__load_csv_rows(model, agate_table) -%}
  {%- if not config.get('fast', true) -%}{{ return(default__load_csv_rows(model, agate_table)) }}{%- endif -%}
  {%- set path = adapter.escape_sql_string(adapter.get_seed_file_path(model)) -%}
  {%- set delimiter = adapter.escape_sql_string(config.get('delimiter', ',')) -%}
  {%- do adapter.add_query(
    'copy ' ~ this.render() ~ " from '" ~ path ~ "' (format csv, header true, delimiter '" ~ delimiter ~ "')",
    abridge_sql_log=true
  ) -%}
{%- endmacro %}
