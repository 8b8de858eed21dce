select
  {{ dbt.concat(["'a'", "'b'", "1::varchar"]) }} as concatenated,
  {{ dbt.hash("'text'") }} as hashed,
  {{ dbt.length("'four'") }} as length,
  {{ dbt.position("'c'", "'abc'") }} as position,
  {{ dbt.replace("'abc'", "'b'", "'x'") }} as replaced,
  {{ dbt.right("'abcdef'", 2) }} as right_two,
  {{ dbt.right("'abcdef'", 0) }} as right_none,
  {{ dbt.split_part("'a|b|c'", "'|'", 2) }} as part,
  {{ dbt.split_part("'a|b|c'", "'|'", -1) }} as last_part,
  {{ dbt.string_literal('it') }} as literal,
  '{{ dbt.escape_single_quotes("it's") }}' as escaped,
  {{ dbt.bool_or('flag') }} as any_flag,
  {{ dbt.listagg('name', "'/'", 'order by name', 2) }} as listed,
  {{ dbt.listagg('name') }} is not null as listed_plainly,
  {{ dbt.any_value('1') }} as any_one
from (values (true, 'a'), (false, 'b'), (false, 'c')) as t(flag, name)
