{{ config(schema='special', tags='one', meta={'level': 2}) }}
select '{{ config.get('schema') }}' as of_schema, '{{ this }}' as it, '{{ this.schema }}' as its_schema
