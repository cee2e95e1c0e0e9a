/** States of a run of lead generation, as drawn in `src/README.md`. */
export type RunStatus = 'pending' | 'running' | 'completed' | 'failed' | 'stopped'

/** States of one source in a run. */
export type RunSourceStatus = Exclude<RunStatus, 'pending'>

/** States of one call to a source. */
export type CallStatus = 'waiting' | 'asked' | 'answered' | 'failed' | 'in_doubt' | 'dropped'
