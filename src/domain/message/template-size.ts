import { type Template, type Token, TypeGuards, Value } from 'liquidjs'
import { asClause, PATTERN_LIMIT, TOO_LONG_PATTERN } from './budget'
import { everyTemplate } from './names'

/** Characters in one placeholder or tag: far above any email, as all limits of a template are. */
export const PLACEHOLDER_LENGTH_LIMIT = 2_000

/** Values, filters and comparisons in one part. */
const STEP_LIMIT = 2_000
const TOO_MANY_STEPS = `there are more than ${STEP_LIMIT.toLocaleString('en')} values, filters and comparisons`

/** Brackets within brackets. */
const BRACKET_LIMIT = 3

/**
 * Refuses a part that was parsed and would take too much work whatever the values are. What is left to render has few steps,
 * each bounded by the budget. Throws at the first fault, with its token.
 */
export function refuseOversized(templates: Template[]): void {
  let steps = 0
  for (const { token, arguments: args, isText } of everyTemplateWith(templates)) {
    if (!isText && token.end - token.begin > PLACEHOLDER_LENGTH_LIMIT)
      refuse(token, `this placeholder has more than ${PLACEHOLDER_LENGTH_LIMIT.toLocaleString('en')} characters`)
    for (const expression of args) {
      steps += stepsOf(expression, 0)
      if (steps > STEP_LIMIT) refuse(token, TOO_MANY_STEPS)
      if (expression instanceof Value && hasLongPattern(expression)) refuse(token, asClause(TOO_LONG_PATTERN))
    }
  }
}

/** Values, filters and comparisons in a part. */
export function countSteps(templates: Template[]): number {
  let steps = 0
  for (const { arguments: args } of everyTemplateWith(templates)) {
    for (const expression of args) steps += stepsOf(expression, 0)
  }
  return steps
}

function* everyTemplateWith(templates: Template[]): Generator<{ token: Token; arguments: unknown[]; isText: boolean }> {
  for (const template of everyTemplate(templates)) {
    const isText = typeof (template as { str?: unknown }).str === 'string'
    yield { token: template.token, arguments: [...(template.arguments?.() ?? [])], isText }
  }
}

function stepsOf(expression: unknown, depth: number): number {
  if (expression instanceof Value) {
    const { initial, filters } = expression
    const values = initial.postfix.reduce((sum, token) => sum + stepsOf(token, 0), 0)
    return filters.reduce(
      (sum, { args }) => sum + 1 + args.reduce<number>((n, arg) => n + stepsOfArgument(arg), 0),
      values,
    )
  }
  if (TypeGuards.isRangeToken(expression)) refuse(expression, 'a range such as (1..3) is not available')
  if (!TypeGuards.isPropertyAccessToken(expression)) return 1
  if (depth > BRACKET_LIMIT) refuse(expression, 'there are too many brackets within brackets')
  return expression.props.reduce((sum, prop) => sum + stepsOf(prop, depth + 1), 0)
}

/** A named argument is a pair of its name and its value. */
const stepsOfArgument = (argument: unknown) => stepsOf(Array.isArray(argument) ? argument[1] : argument, 0)

const SEARCHING: ReadonlySet<string> = new Set(['split', 'remove', 'replace'])

function hasLongPattern({ initial, filters }: Value): boolean {
  const compared = initial.postfix.some((token) => TypeGuards.isOperatorToken(token) && token.operator === 'contains')
  return (
    (compared && initial.postfix.some(isLong)) ||
    filters.some(({ name, args }) => SEARCHING.has(name) && isLong(args[0]))
  )
}

const isLong = (token: unknown) => TypeGuards.isQuotedToken(token) && token.content.length > PATTERN_LIMIT

function refuse(token: Token, message: string): never {
  throw Object.assign(new Error(message), { token })
}
