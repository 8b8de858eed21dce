{% if execute and flags.WHICH != 'compile' %}{{ exceptions.raise_compiler_error("will not") }}{% endif %}
select 1 as id
