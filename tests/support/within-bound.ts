import vm from 'node:vm'

// Far more than any of it takes, and far less than what takes the square of its length.
const BOUND_MS = 60_000

/** What `work` returns, which does not wait for anything; what would go on for minutes is ended as an error. */
export const withinBound = <Answer>(work: () => Answer): Answer =>
  vm.runInNewContext('work()', { work }, { timeout: BOUND_MS })
