select 'ünï 水 😀' as "naïve name", $$dollar 'quoted'$$ as dollar, '{{ "a\nb" }}' as line
