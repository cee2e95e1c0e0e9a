/** States of a run of lead generation, as drawn in `src/README.md`. */
export type RunStatus = 'pending' | 'running' | 'completed' | 'failed' | 'stopped'

/** States of one source in a run. */
export type RunSourceStatus = Exclude<RunStatus, 'pending'>

/** States of one call to a source. */
export type CallStatus = 'waiting' | 'asked' | 'answered' | 'failed' | 'in_doubt' | 'dropped'

/** How the reason begins that a campaign shows while its latest run had failed; by it the next good run takes it back. */
export const LATEST_RUN_FAILED = 'The latest run failed: '
