{{ config(tags='y', access='public', group='g') }}
select * from {{ ref('a') }}
