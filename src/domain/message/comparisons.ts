import { type Context, defaultOperators, type LiquidOptions } from 'liquidjs'
import { budgetOf } from './bounded-filters'

type Operators = NonNullable<LiquidOptions['operators']>
type Compare = (left: unknown, right: unknown, ctx: Context) => Generator<unknown, boolean>

/** Where a rendering of every way keeps what decides its comparisons, in the engine's context. */
export const CHOOSE = 'choose'
/** Says how the next comparison of two known values comes out. */
export type Choose = () => boolean

/** Operators that look at two values. */
export const COMPARISONS: ReadonlySet<string> = new Set(['==', '!=', '<', '>', '<=', '>=', 'contains'])

/** To a person a value that is empty and one that is not there are the same. */
const isNothing = (value: unknown) => value === null || value === undefined || value === ''

// `blank`, `empty` and `nil` are objects in LiquidJS.
const isBlank = (value: unknown) => isNothing(value) || typeof value === 'object'

const equals = defaultOperators['=='] as Compare
const OWN: Record<string, Compare> = {
  '==': function* (left, right, ctx) {
    return (isNothing(left) && isNothing(right)) || (yield* equals(left, right, ctx))
  },
  '!=': function* (left, right, ctx) {
    return !((isNothing(left) && isNothing(right)) || (yield* equals(left, right, ctx)))
  },
}

/**
 * The engine's operators, within the bounds of the rendering's budget. Where a rendering has a `Choose`, that decides each
 * comparison of two known values; what a blank value decides stays decided.
 */
export const OPERATORS: Operators = { ...defaultOperators, ...Object.fromEntries([...COMPARISONS].map(bounded)) }

function bounded(name: string): [string, Compare] {
  const compare = OWN[name] ?? (defaultOperators[name] as Compare)
  return [
    name,
    function* (left, right, ctx) {
      const choose: Choose | undefined = ctx.getRegister(CHOOSE)
      if (choose && !isBlank(left) && !isBlank(right)) return choose()
      const budget = budgetOf(ctx)
      const length = budget.admit(left)
      budget.admit(right)
      if (name === 'contains') budget.admitSearch(length, right)
      return yield* compare(left, right, ctx)
    },
  ]
}
