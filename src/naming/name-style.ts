/**
 * How names of a source become names of columns and tables. `as_found`: as the source has them. `snake_case`: by
 * `snakeName`. Either way what is too long for an engine is shortened by `shortenName`.
 */
export type NameStyle = 'as_found' | 'snake_case'
