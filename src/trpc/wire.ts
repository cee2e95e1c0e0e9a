import type { SuperJSONResult } from 'superjson'

/** Where in a value its dates are, and what is not there: `{ 'steps.0.sentAt': ['Date'] }`; a list where the value itself is one. */
type Types = readonly unknown[] | { [place: string]: Types }

// Between the fields of a place; no text that is stored holds it.
const NEXT = '\0'
const placeOf = (keys: readonly string[]) => keys.map((key) => key.replace(/[\\.]/g, '\\$&')).join('.')
const keysOf = (place: string) => place.replace(/\\(.)|\./gs, (_sign, itself) => itself ?? NEXT).split(NEXT)

/**
 * Writes calls and reads answers in the form of superjson, which the server speaks: JSON, and beside it where dates are. The library
 * itself weighs six times as much in every page, for types that the API has none of.
 */
export const wire = {
  serialize(value: unknown): SuperJSONResult {
    const [type] = typeOf(value)
    const types: Record<string, [string]> = {}
    const json = plain(value, (keys, found) => {
      types[placeOf(keys)] = found
    })
    const values = type ? [type] : types
    return { json, ...(Object.keys(values).length > 0 && { meta: { values, v: 1 } }) } as SuperJSONResult
  },
  deserialize: ({ json, meta }: SuperJSONResult): unknown => typed(json, (meta?.values ?? {}) as Types),
}

function typeOf(value: unknown): [] | [string] {
  if (value === undefined) return ['undefined']
  return value instanceof Date ? ['Date'] : []
}

/** The value as JSON has it. `found` is called with the place of each that JSON has no word for. */
function plain(value: unknown, found: (keys: string[], type: [string]) => void, keys: string[] = []): unknown {
  const [type] = typeOf(value)
  if (type) found(keys, [type])
  if (type) return (value as Date | undefined)?.toJSON() ?? null
  if (Array.isArray(value)) return value.map((one, n) => plain(one, found, [...keys, String(n)]))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one, found, [...keys, key])]))
}

/** The value with its dates in it, itself: nobody else has it. */
function typed(value: unknown, types: Types): unknown {
  if (Array.isArray(types)) return types[0] === 'Date' ? new Date(value as string) : undefined
  for (const [place, inner] of Object.entries(types as Record<string, Types>)) {
    const keys = keysOf(place)
    const last = keys.pop() ?? ''
    // biome-ignore lint/suspicious/noExplicitAny: whoever wrote the places wrote what lies there.
    const holder = keys.reduce((held: any, key) => held[key], value)
    holder[last] = typed(holder[last], inner)
  }
  return value
}
