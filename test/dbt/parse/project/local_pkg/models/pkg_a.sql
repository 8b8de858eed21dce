{{ config(alias='pkg_alias', meta={'x': 1}) }}
select {{ star_of('id') }} as id, '{{ var("theirs") }}' as t
