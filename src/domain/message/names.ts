import { type Template, TypeGuards, Value } from 'liquidjs'

/**
 * Names a parsed part reads and does not assign itself, each once. `company_name.size` reads company_name; any
 * other path is kept whole (`lead.name`), because values are plain text and have nothing inside. LiquidJS can list
 * them too, but looks up line and column of each from the start of the source.
 */
export function namesIn(templates: Template[]): Set<string> {
  const names = new Set<string>()
  const assigned = new Set<string>()
  for (const template of everyTemplate(templates)) {
    for (const argument of template.arguments?.() ?? []) {
      for (const [root = '', ...rest] of pathsIn(argument)) {
        if (assigned.has(root)) continue
        names.add(rest.length === 0 || (rest.length === 1 && rest[0] === 'size') ? root : [root, ...rest].join('.'))
      }
    }
    for (const local of template.localScope?.() ?? []) assigned.add(local.content)
  }
  return names
}

/**
 * Lets each variable of an expression know its own text alone. LiquidJS makes an error of every missing one, from the whole
 * source each time.
 */
export function shortenSource(expression: unknown): void {
  if (expression instanceof Value) {
    for (const token of expression.initial.postfix) shortenSource(token)
    for (const { args } of expression.filters) for (const arg of args) shortenSource(Array.isArray(arg) ? arg[1] : arg)
  } else if (TypeGuards.isPropertyAccessToken(expression)) {
    for (const property of expression.props) shortenSource(property)
    const text = expression.getText()
    Object.assign(expression, { input: text, begin: 0, end: text.length })
  }
}

/** A parsed part's templates in reading order, those inside branches too. */
export function* everyTemplate(templates: Template[]): Generator<Template> {
  for (const template of templates) {
    yield template
    const children = template.children?.(false, true).next().value
    if (Array.isArray(children)) yield* everyTemplate(children as Template[])
  }
}

/** Names of the variables in one expression, its filters' arguments included. */
export const namesInValue = (value: Value): string[] => [...pathsIn(value)].map(([root = '']) => root)

/** True when an expression reads what is inside a value, other than its size. */
export const readsInside = (value: Value): boolean =>
  [...pathsIn(value)].some(([, ...rest]) => rest.length > 0 && !(rest.length === 1 && rest[0] === 'size'))

/** Every variable path in an expression, its filters' arguments included. */
function* pathsIn(expression: unknown): Generator<string[]> {
  if (expression instanceof Value) {
    for (const token of expression.initial.postfix) yield* pathsIn(token)
    for (const filter of expression.filters) {
      // A named argument is a pair of its name and its value.
      for (const argument of filter.args) yield* pathsIn(Array.isArray(argument) ? argument[1] : argument)
    }
  } else if (TypeGuards.isPropertyAccessToken(expression)) {
    const path: string[] = []
    for (const property of expression.props) {
      if (TypeGuards.isPropertyAccessToken(property)) yield* pathsIn(property)
      path.push('content' in property ? String(property.content) : property.getText())
    }
    // A literal with a property, such as 'text'.size, reads nothing.
    if (!expression.variable) yield path
  } else if (TypeGuards.isRangeToken(expression)) {
    yield* pathsIn(expression.lhs)
    yield* pathsIn(expression.rhs)
  }
}
