import 'server-only'

/** Files of people's data that are on their way at once: each costs a connection now and then, and memory for a page. */
export const EXPORTS_AT_ONCE = { ofOne: 2, inAll: 8 } as const

// Of the process, by person; routes are bundled apart.
const shared = globalThis as typeof globalThis & { leadnexExports?: Map<string, number> }

/** Takes a place for a file that leaves; `leave` gives it back, once. Or says why there is none. */
export function takePlace(userId: string): { leave(): void } | { refusal: string } {
  shared.leadnexExports ??= new Map()
  const taken = shared.leadnexExports
  const own = taken.get(userId) ?? 0
  if (own >= EXPORTS_AT_ONCE.ofOne) return { refusal: `${own} files of yours are on their way already. ${NOT_NOW}` }
  const all = [...taken.values()].reduce((sum, count) => sum + count, 0)
  if (all >= EXPORTS_AT_ONCE.inAll)
    return { refusal: `${all} files are on their way to people of your team already. ${NOT_NOW}` }
  taken.set(userId, own + 1)
  let hasLeft = false
  return {
    leave() {
      if (hasLeft) return
      hasLeft = true
      const left = (taken.get(userId) ?? 1) - 1
      if (left > 0) taken.set(userId, left)
      else taken.delete(userId)
    },
  }
}

const NOT_NOW = 'Nothing was exported. Wait until one of them has arrived, then export again.'
