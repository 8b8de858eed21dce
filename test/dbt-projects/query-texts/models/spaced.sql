{%- set x = 1 %}
   select {{ x }} as id
