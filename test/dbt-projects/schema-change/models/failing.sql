{{ config(on_schema_change='fail') }}
{{ changing() }}
