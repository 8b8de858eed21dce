{% macro copy_grants() -%}{{ return(adapter.dispatch('copy_grants', 'dbt')()) }}{%- endmacro %}
{% macro default__copy_grants() -%}{{ return(true) }}{%- endmacro %}

{% macro support_multiple_grantees_per_dcl_statement() -%}
  {{ return(adapter.dispatch('support_multiple_grantees_per_dcl_statement', 'dbt')()) }}
{%- endmacro %}
{% macro default__support_multiple_grantees_per_dcl_statement() -%}{{ return(true) }}{%- endmacro %}

{# Whether grants of before may still hold. #}
{% macro should_revoke(existing_relation, full_refresh_mode=true) -%}
  {%- if not existing_relation -%}{{ return(false) }}{%- endif -%}
  {{ return(copy_grants() if full_refresh_mode else true) }}
{%- endmacro %}

{% macro get_show_grant_sql(relation) -%}
  {{ return(adapter.dispatch('get_show_grant_sql', 'dbt')(relation)) }}
{%- endmacro %}
{% macro default__get_show_grant_sql(relation) -%}show grants on {{ relation.render() }}{%- endmacro %}

{% macro get_grant_sql(relation, privilege, grantees) -%}
  {{ return(adapter.dispatch('get_grant_sql', 'dbt')(relation, privilege, grantees)) }}
{%- endmacro %}
{% macro default__get_grant_sql(relation, privilege, grantees) -%}
  {%- set named = [] -%}
  {%- for grantee in grantees -%}{%- do named.append(configured_grantee(grantee)) -%}{%- endfor -%}
  grant {{ privilege }} on {{ relation.render() }} to {{ named | join(', ') }}
{%- endmacro %}

{# As the project writes it, so that Reader is reader; in quotes what could not stand without. #}
{% macro configured_grantee(grantee) -%}
  {%- set is_plain = modules.re.match('([A-Za-z_][A-Za-z0-9_$]*|".*")$', grantee) is not none -%}
  {{ return(grantee if is_plain else adapter.quote(grantee)) }}
{%- endmacro %}

{% macro get_revoke_sql(relation, privilege, grantees) -%}
  {{ return(adapter.dispatch('get_revoke_sql', 'dbt')(relation, privilege, grantees)) }}
{%- endmacro %}
{% macro default__get_revoke_sql(relation, privilege, grantees) -%}
  revoke {{ privilege }} on {{ relation.render() }} from {{ quoted_grantees(grantees) }}
{%- endmacro %}

{# As the catalogue has them. #}
{% macro quoted_grantees(grantees) -%}
  {%- set quoted = [] -%}
  {%- for grantee in grantees -%}
    {%- do quoted.append(grantee if grantee | lower == 'public' else adapter.quote(grantee)) -%}
  {%- endfor -%}
  {{ return(quoted | join(', ')) }}
{%- endmacro %}

{% macro get_dcl_statement_list(relation, grant_config, get_dcl_macro) -%}
  {{ return(adapter.dispatch('get_dcl_statement_list', 'dbt')(relation, grant_config, get_dcl_macro)) }}
{%- endmacro %}
{% macro default__get_dcl_statement_list(relation, grant_config, get_dcl_macro) -%}
  {%- set statements = [] -%}
  {%- for privilege, given in grant_config.items() -%}
    {%- set grantees = [given] if given is string else given -%}
    {%- if support_multiple_grantees_per_dcl_statement() and grantees -%}
      {%- do statements.append(get_dcl_macro(relation, privilege, grantees)) -%}
    {%- else -%}
      {%- for grantee in grantees -%}{%- do statements.append(get_dcl_macro(relation, privilege, [grantee])) -%}{%- endfor -%}
    {%- endif -%}
  {%- endfor -%}
  {{ return(statements) }}
{%- endmacro %}

{% macro call_dcl_statements(dcl_statement_list) -%}
  {{ return(adapter.dispatch('call_dcl_statements', 'dbt')(dcl_statement_list)) }}
{%- endmacro %}
{% macro default__call_dcl_statements(dcl_statement_list) -%}
  {%- call statement('grants') -%}{{ dcl_statement_list | join('; ') }}{%- endcall -%}
{%- endmacro %}

{% macro apply_grants(relation, grant_config, should_revoke=true) -%}
  {{ return(adapter.dispatch('apply_grants', 'dbt')(relation, grant_config, should_revoke)) }}
{%- endmacro %}
{% macro default__apply_grants(relation, grant_config, should_revoke=true) -%}
  {%- if grant_config -%}
    {%- set granted = {} -%}
    {%- for privilege, given in grant_config.items() -%}
      {%- do granted.update({privilege: [given] if given is string else given}) -%}
    {%- endfor -%}
    {%- set current = adapter.standardize_grants_dict(run_query(get_show_grant_sql(relation))) if should_revoke else {} -%}
    {%- set revoked = diff_of_two_dicts(current, granted) if should_revoke else {} -%}
    {%- set added = diff_of_two_dicts(granted, current) if should_revoke else granted -%}
    {%- set statements = get_dcl_statement_list(relation, revoked, get_revoke_sql)
      + get_dcl_statement_list(relation, added, get_grant_sql) -%}
    {%- if statements -%}{%- do call_dcl_statements(statements) -%}{%- endif -%}
  {%- endif -%}
{%- endmacro %}
