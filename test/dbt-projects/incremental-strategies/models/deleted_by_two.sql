{{ config(unique_key=['id', 'name'], incremental_strategy='delete+insert', incremental_predicates=['id > 1']) }}
select id, name, amount from {{ ref('changes') }} where day = {{ var('day') }}
