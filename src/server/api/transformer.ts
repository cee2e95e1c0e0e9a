import superjson, { type SuperJSONResult } from 'superjson'

/** What a call may have besides the values of JSON. */
const TYPES: readonly unknown[] = ['Date', 'undefined']
// Characters of the places that the types of a call name, each counted once for every place below it: so often they are gone through.
const MOST_WORK = 200_000

class Unreadable extends Error {}

/** How calls and answers are written. A call is read only where its types are those that procedures take, in no more places than need be. */
export const transformer = {
  input: {
    serialize: superjson.serialize,
    deserialize: (written: SuperJSONResult): unknown => {
      checkTypes(written?.meta?.values)
      return superjson.deserialize(written)
    },
  },
  output: superjson,
}

/**
 * Throws for types that no procedure takes, and for places that would be gone through too often. The types of a call are a tree by
 * places, `{ steps: [...] }`: an inner list is a type with the tree of what lies in it.
 */
function checkTypes(types: unknown): void {
  const left = [{ tree: types, length: 0 }]
  let work = 0
  for (let next = left.pop(); next; next = left.pop()) {
    const { tree, length } = next
    work += length
    if (work > MOST_WORK) throw new Unreadable('The types of a call name too many places.')
    const [type, inner = null] = Array.isArray(tree) ? tree : [undefined, tree]
    if (Array.isArray(tree) && !TYPES.includes(type)) throw new Unreadable('A call has a type that none takes.')
    if (typeof inner !== 'object') throw new Unreadable('Places of a call are none.')
    for (const [place, below] of Object.entries(inner ?? {}))
      left.push({ tree: below, length: length + place.length + 1 })
  }
}
