select
  {{ tools.shout('loud') }} as shouted,
  {{ tools.whisper('soft') }} as whispered,
  {{ same_name() }} as same_name,
  {{ tools.uses_same_name() }} as through_package,
  {{ many('one', 'deux', 'three', four=4) }} as many,
  {{ many('one') }} as few,
  [{% call(i) with_caller(3) %}{{ i * 2 }}{% endcall %}] as called,
  '{{ returning()['a'] | join('/') }}' as returned,
  {{ outer() }} as inside,
  {{ trimmed() }} as trimmed,
  {{ macros_and_dispatch.same_name() }} as qualified,
  {{ context['same_name']() }} as by_context
