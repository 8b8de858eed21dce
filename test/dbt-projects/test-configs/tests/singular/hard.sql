{{ config(severity='error', tags=['hard'], error_if='>= 7', fail_calc='sum(id)') }}
-- a comment with a semicolon in it; and a quote's
select * from {{ ref('soft') }} where id = 7
