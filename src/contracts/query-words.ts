/**
 * What a query of a contract may call: functions of values and of sets of values. Whatever else an engine has may read files, ask other
 * servers, run text as SQL or change something, so that nothing is taken that is not named here.
 */
const FUNCTIONS = new Set(
  `abs age any_value approx_count_distinct arg_max arg_min array_agg array_length avg bit_and bit_or bool_and bool_or btrim cardinality
  cast cbrt ceil ceiling char_length character_length coalesce concat concat_ws contains corr count count_if covar_pop covar_samp
  cume_dist current_date current_timestamp date date_add date_diff date_part date_sub date_trunc datediff day dayofmonth dayofweek
  dayofyear degrees dense_rank div ends_with entropy epoch every exp extract first first_value floor greatest hour ifnull initcap
  isfinite isinf isnan isodow json_array_length json_extract json_extract_string json_typeof json_valid kurtosis lag last last_day
  last_value lcase lead least left len length levenshtein list_contains ln localtimestamp log log10 log2 lower lpad ltrim
  make_date make_timestamp max md5 mean median min minute mod mode month monthname now nth_value ntile nullif octet_length
  percent_rank percentile_cont percentile_disc pi position pow power quantile_cont quantile_disc quarter radians rank
  regexp_count regexp_extract regexp_full_match regexp_instr regexp_like regexp_matches regexp_replace regexp_substr
  replace reverse right round row row_number rpad rtrim second sign skewness split_part sqrt starts_with stddev stddev_pop
  stddev_samp string_agg strftime strlen strpos strptime substr substring sum to_char to_date to_timestamp today translate trim
  trunc try_cast ucase upper var_pop var_samp variance week weekofyear year yearweek jsonb_typeof jsonb_array_length`.split(
    /\s+/,
  ),
)

/** Words before a bracket that are none of a function. */
const KEYWORDS = new Set(
  `all and any array as asc between by case cross cube desc distinct else end except exists filter from full group grouping having
  ignore ilike in inner intersect interval is join left like limit natural not null nulls offset on or order outer over partition
  qualify range right rollup rows select semi anti asof positional sets similar some then union unique using values when where window
  with within materialized respect`.split(/\s+/),
)

/** Types that take arguments. */
const TYPES = new Set(
  'bit bpchar char character dec decimal double float nchar numeric time timestamp timestamptz varchar varying'.split(
    ' ',
  ),
)

/** Words that begin a statement other than a query, or make one of a query. */
const REFUSED = new Set(
  `alter analyze attach call checkpoint comment copy create deallocate delete describe detach do drop execute explain export grant
  import insert install into lateral load lock merge pivot pragma prepare recursive refresh reindex reset revoke share show summarize
  table tablesample truncate unpivot update use vacuum`.split(/\s+/),
)

/** What a query of a contract may be made of. */
export const queryWords = { functions: FUNCTIONS, keywords: KEYWORDS, types: TYPES, refused: REFUSED }
