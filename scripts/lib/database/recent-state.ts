/** Migrations that may have come since the newest state that is kept for the next ones to be tried on. */
const MOST_SINCE = 5

/** What is wrong when no recent state is kept; names as their folders and files have them. */
export function recentStateComplaint(migrations: readonly string[], states: readonly string[]): string | undefined {
  const newest = states.toSorted().at(-1) ?? ''
  const since = migrations.filter((name) => /^\d/.test(name) && name > newest)
  if (since.length <= MOST_SINCE) return undefined
  return `${since.length} migrations since ${newest || 'no state at all'}, at most ${MOST_SINCE} without a kept state: SAVE_STATE=1 npx vitest run tests/db/upgrades.test.ts keeps one.`
}
