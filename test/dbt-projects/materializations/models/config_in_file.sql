{{ config(materialized='table', alias='renamed', tags=['file'], meta={'reads': 'plain'}) }}

select id, name || '!' as name from {{ ref('plain') }}
