{{ config(
    materialized='table',
    pre_hook=["insert into audit values ('before', '{{ this }}')", {'sql': "insert into audit values ('outside', 'before')", 'transaction': false}],
    post_hook=after_commit("insert into audit values ('after commit', '{{ this.name }}')")
) }}
select count(*) > 0 as some from {{ ref('plain') }}
