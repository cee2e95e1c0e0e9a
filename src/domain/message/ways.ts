import type { Template } from 'liquidjs'
import { Budget, LimitError } from './budget'
import { renderPart } from './engine'
import { countSteps } from './template-size'
import type { Variables } from './variables'

/** Ways through a part's comparisons that are tried, and work on all of them together. */
const WAYS_LIMIT = 64
const WAYS_STEPS_LIMIT = 10_000
const WAYS_WORK_LIMIT = 2_000_000

export type Ways = {
  /** Variables without a value on any way; null when there are too many ways to look at. */
  missing: Set<string> | null
  /** Why one of the ways is too much work or text, whatever the values are. */
  excess: string | null
}

/** Renders a part with every combination of outcomes of its comparisons. */
export function renderAllWays(part: Template[], standIns: Variables): Ways {
  const found: Ways & { missing: Set<string> } = { missing: new Set<string>(), excess: null }
  const waiting: boolean[][] = [[]]
  const most = Math.min(WAYS_LIMIT, Math.max(1, WAYS_STEPS_LIMIT / Math.max(1, countSteps(part))))
  let ways = 0
  let work = 0
  for (let way = waiting.pop(); way; way = waiting.pop()) {
    const chosen = way
    let asked = 0
    const choose = () => chosen[asked++] ?? false
    const budget = new Budget()
    try {
      for (const name of renderPart(part, standIns, { budget, choose }).missing) found.missing.add(name)
    } catch (error) {
      // Any other error is for rendering with a lead's values to report.
      found.excess ??= excessOf(error)
    }
    ways++
    work += budget.work
    // The first run took "no" for every choice beyond `chosen`; each of those could have been "yes".
    for (let next = chosen.length; next < asked; next++) {
      waiting.push([...chosen, ...Array<boolean>(next - chosen.length).fill(false), true])
      if (ways + waiting.length > most) return { ...found, missing: null }
    }
    if (waiting.length > 0 && work > WAYS_WORK_LIMIT) return { ...found, missing: null }
  }
  return found
}

/** What a rendering says that was ended by a limit, in one sentence; null for any other error. */
export function excessOf(error: unknown): string | null {
  const cause = (error as { originalError?: unknown } | null)?.originalError ?? error
  return cause instanceof LimitError ? cause.message : null
}
