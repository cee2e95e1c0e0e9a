import { type Context, type Liquid, toValue } from 'liquidjs'
import { type Budget, refuseLong } from './budget'

/** Filters a template may use. Everything else LiquidJS brings (dates, hashes, raw HTML, JSON) does not exist here. */
export const ALLOWED_FILTERS = [
  'default',
  'upcase',
  'downcase',
  'capitalize',
  'strip',
  'escape',
  'truncate',
  'truncatewords',
  'replace',
  'remove',
  'append',
  'prepend',
  'split',
  'join',
  'first',
  'last',
  'size',
  'url_encode',
] as const

type FilterHandler = Extract<Liquid['filters'][string], (...args: never[]) => unknown>
type FilterName = (typeof ALLOWED_FILTERS)[number]

/** Where a rendering keeps its budget in the engine's context. */
export const BUDGET = 'budget'
export const budgetOf = (context: Context): Budget => context.getRegister(BUDGET)

type Bound = {
  /** Work for each character of the value, beyond one. */
  weight?: number
  /** The first argument is searched for in the value. */
  searches?: boolean
  /** What stands for LiquidJS's own, which would make a text of any length before its length is known. */
  instead?: (value: unknown, args: unknown[]) => unknown
}

const BOUNDS: Partial<Record<FilterName, Bound>> = {
  split: { searches: true },
  remove: { searches: true, instead: (value, [pattern]) => replaced(value, pattern, '') },
  replace: { searches: true, instead: (value, [pattern, by]) => replaced(value, pattern, by) },
  join: { instead: joined },
  // HTML escapes every output by itself and text needs no escaping, so an explicit `escape` must not do it twice.
  escape: { instead: (value) => value },
  url_encode: { weight: 64 },
  upcase: { weight: 8 },
  downcase: { weight: 8 },
  capitalize: { weight: 8 },
  strip: { weight: 16 },
  truncate: { weight: 8 },
  truncatewords: { weight: 16 },
}

/** Leaves an engine the allowed filters alone, each within the bounds of the rendering's budget. */
export function boundFilters(engine: Liquid): void {
  for (const name of Object.keys(engine.filters)) {
    if (!(ALLOWED_FILTERS as readonly string[]).includes(name)) engine.unregisterFilter(name)
  }
  for (const name of ALLOWED_FILTERS) {
    const own = engine.filters[name]
    if (typeof own === 'function') engine.registerFilter(name, bounded(own, BOUNDS[name] ?? {}))
  }
}

function bounded(own: FilterHandler, { weight = 0, searches = false, instead }: Bound): FilterHandler {
  return function (value: unknown, ...args: unknown[]) {
    const budget = budgetOf(this.context)
    const length = budget.admit(value)
    for (const arg of args) budget.admit(arg)
    budget.spend(length * weight)
    if (searches) budget.admitSearch(length, args[0])
    const result: unknown = instead ? instead(value, args) : own.apply(this, [value, ...args])
    budget.admit(result)
    return result
  }
}

function replaced(value: unknown, pattern: unknown, by: unknown): string {
  return joined(text(value).split(text(pattern)), [text(by)])
}

function joined(value: unknown, [separator = ' ']: unknown[]): string {
  const items = (Array.isArray(value) ? value : isNil(value) ? [] : [value]).map(text)
  const between = text(separator)
  refuseLong(items.reduce((sum, item) => sum + item.length, between.length * Math.max(0, items.length - 1)))
  return items.join(between)
}

const isNil = (value: unknown) => value === null || value === undefined

/** A value as filters read it. */
function text(given: unknown): string {
  const value: unknown = toValue(given)
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(text).join('')
  return isNil(value) ? '' : String(value)
}
