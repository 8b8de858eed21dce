{{ config(tags=['early']) }}
{% if 'early' in config.get('tags', []) and not execute %}{{ exceptions.raise_compiler_error('read while it was parsed') }}{% endif %}
{%- set nodes = graph.nodes.values() | selectattr('name', 'equalto', 'once') | list %}
select {{ nodes | length }} as enabled_nodes,
    '{{ context.get('helpers', {}).get('helped')() }}' as helped,
    '{{ context.get('helpers').get('missing', 'missing') }}' as missing
