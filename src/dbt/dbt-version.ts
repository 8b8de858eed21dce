/** The version of dbt whose meaning templates and artifacts have. */
export const dbtVersion = '1.10.0'
