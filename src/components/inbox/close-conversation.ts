const underWay = new Set<string>()

/**
 * Runs an act on a conversation, unless one is under way there: what is pressed meanwhile would be done twice, and only the second
 * could be taken back. Returns whether it was done.
 */
export async function oneAtATime(id: string, act: () => Promise<boolean>): Promise<boolean> {
  if (underWay.has(id)) return false
  underWay.add(id)
  try {
    return await act()
  } finally {
    underWay.delete(id)
  }
}

/** The ways from one conversation of a list to another. */
type Ways = {
  /** The one below or above the open one; null at the end of the list. */
  beside(step: 1 | -1): string | null
  isOpen(id: string): boolean
  open(next: string | null): void
}

/**
 * Closes a conversation, then opens the next one of the list, unless it could not be closed or the person has gone elsewhere
 * meanwhile. `setDone`: whether it is done.
 */
export async function closeAndGoOn(
  id: string,
  setDone: () => Promise<boolean>,
  { beside, isOpen, open }: Ways,
): Promise<void> {
  // The next one of the list as it was looked at: it is another one afterwards.
  const next = beside(1) ?? beside(-1)
  if ((await setDone()) && isOpen(id)) open(next)
}
