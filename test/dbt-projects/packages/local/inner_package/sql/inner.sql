select '{{ var("both") }}' as in_both, '{{ var("scoped") }}' as scoped, '{{ var("only") }}' as only_one, '{{ project_name }}' as project,
  '{{ invocation_args_dict["which"] }}' as which
