/**
 * Which version took which one back, of the changes of a campaign, the latest first. One that was taken back itself takes nothing
 * back any more.
 */
export function undoneVersions(changes: readonly { version: number; undoes: number | null }[]): Map<number, number> {
  const undone = new Map<number, number>()
  for (const { version, undoes } of changes) {
    if (undoes !== null && !undone.has(version) && !undone.has(undoes)) undone.set(undoes, version)
  }
  return undone
}
