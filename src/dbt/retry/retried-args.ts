type Args = Readonly<Record<string, unknown>>

/** What tells where things are belongs to the call, not to the run that is done again. */
const OWN = new Set([
  'log_path',
  'output_path',
  'profiles_dir',
  'profiles_dir_exists_false',
  'project_dir',
  'defer_state',
  'deprecated_state',
  'target_path',
  'warn_error',
])
/** What may be said anew when retrying. */
const SAID_ANEW = new Set(['vars', 'threads'])

/** What a run is done again with: what it was called with, but for places, and `vars` and `threads` where they are given. */
export function retriedArgs(previous: Args, given: Args): Args {
  const kept = Object.entries(previous).filter(([name]) => !OWN.has(name))
  const anew = Object.entries(given).filter(([name]) => OWN.has(name) || SAID_ANEW.has(name))
  return Object.fromEntries([...kept, ...anew])
}
