/** What an owner says how long it is kept. */
export const KEPT_THINGS = [
  'sentTextDays',
  'conversationTextDays',
  'historyDays',
  'requestDays',
  'sandboxDays',
  'sessionDays',
] as const
export type KeptThing = (typeof KEPT_THINGS)[number]

/** Days for which a thing may be kept, from `least` to `most`; `forEver`: or for ever, which is null. The database holds the same bounds. */
export const KEPT_BOUNDS: Readonly<Record<KeptThing, { least: number; most: number; forEver: boolean }>> = {
  sentTextDays: { least: 30, most: 3650, forEver: true },
  conversationTextDays: { least: 30, most: 3650, forEver: true },
  historyDays: { least: 90, most: 3650, forEver: true },
  requestDays: { least: 30, most: 3650, forEver: true },
  sandboxDays: { least: 1, most: 3650, forEver: true },
  sessionDays: { least: 1, most: 365, forEver: false },
}

/** Whether a thing may be kept for so many days; null: for ever. */
export function mayKeepFor(thing: KeptThing, days: number | null): boolean {
  const { least, most, forEver } = KEPT_BOUNDS[thing]
  return days === null ? forEver : Number.isInteger(days) && days >= least && days <= most
}
