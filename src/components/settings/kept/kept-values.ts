import { formatCount, formatOf, numberOf } from '@/components/ui/numbers'
import { KEPT_BOUNDS, KEPT_THINGS, type KeptThing, mayKeepFor } from '@/domain/retention'

/** Days for which things are kept; null: for ever. */
export type KeptDays = Record<KeptThing, number | null>

/** The same as typed; nothing is for ever. */
export type KeptValues = Record<KeptThing, string>

export const keptDaysOf = (settings: KeptDays): KeptDays => mapThings((thing) => settings[thing])

export const keptValues = (settings: KeptDays): KeptValues => mapThings((thing) => String(settings[thing] ?? ''))

/** What was typed that is not as it was saved, or what is to be fixed in which field. */
export function readKept(
  values: KeptValues,
  saved: KeptDays,
): { ok: true; input: Partial<KeptDays> } | { ok: false; errors: Partial<KeptValues> } {
  const typed = mapThings((thing) => (values[thing].trim() === '' ? null : numberOf(values[thing])))
  const wrong = KEPT_THINGS.filter((thing) => !mayKeepFor(thing, typed[thing]))
  if (wrong.length > 0)
    return { ok: false, errors: Object.fromEntries(wrong.map((thing) => [thing, boundsWords(thing)])) }
  const changed = KEPT_THINGS.filter((thing) => typed[thing] !== saved[thing])
  return { ok: true, input: Object.fromEntries(changed.map((thing) => [thing, typed[thing]])) }
}

/** The things that would be deleted earlier than they are now. */
export const keptShorter = (input: Partial<KeptDays>, saved: KeptDays): KeptThing[] =>
  KEPT_THINGS.filter((thing) => {
    const days = input[thing]
    return typeof days === 'number' && days < (saved[thing] ?? Number.POSITIVE_INFINITY)
  })

export const daysWords = (days: number | null) => (days === null ? 'for ever' : formatOf(days, 'day'))

function boundsWords(thing: KeptThing): string {
  const { least, most, forEver } = KEPT_BOUNDS[thing]
  const words = `A whole number of days from ${least} to ${formatCount(most)}`
  return forEver ? `${words}, or nothing: for ever.` : `${words}.`
}

const mapThings = <Value>(value: (thing: KeptThing) => Value) =>
  Object.fromEntries(KEPT_THINGS.map((thing) => [thing, value(thing)])) as Record<KeptThing, Value>
