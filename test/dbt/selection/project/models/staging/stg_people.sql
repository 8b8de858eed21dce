{{ config(meta={'owner': 'grace', 'flags': ['a', 'b'], 'live': true}) }}
select * from {{ source('crm', 'people') }}
