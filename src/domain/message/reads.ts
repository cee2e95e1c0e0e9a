import { type Template, TypeGuards, Value } from 'liquidjs'
import { COMPARISONS } from './comparisons'
import { everyTemplate, namesInValue, readsInside } from './names'
import { countSteps } from './template-size'

/** What a part reads, and how much of it decides whether an email can be made. */
export type Reads = {
  /** Variables of which it counts whether they have a value, and those of which it counts which. */
  presence: Set<string>
  value: Set<string>
  /** Values, filters and comparisons. */
  steps: number
}

// Of a value that is not blank they may make one that is.
const CUTTING: ReadonlySet<string> = new Set([
  'strip',
  'truncate',
  'truncatewords',
  'replace',
  'remove',
  'split',
  'first',
  'last',
])
const GROWING: ReadonlySet<string> = new Set(['append', 'prepend', 'replace', 'join'])

/** Whether a part can make more text than it has itself and its values bring. */
export function canGrow(part: Template[]): boolean {
  const all = [...everyTemplate(part)]
  return all.some(assigns) || all.some((template) => valuesOf(template).some(grows))
}

/**
 * What decides whether a part can be rendered. Where values are compared, or cut so that nothing may be left, it is the value
 * itself; else only whether there is one.
 */
export function readsOf(part: Template[]): Reads {
  const all = [...everyTemplate(part)]
  const reads: Reads = { presence: new Set(), value: new Set(), steps: countSteps(part) }
  const mayBeEmpty = !part.some(isText)
  let byValue = false
  for (const template of all) {
    const isOutput = !template.children && !assigns(template)
    for (const value of valuesOf(template)) {
      const decides = dependsOnValues(value, isOutput && !mayBeEmpty)
      if (decides || grows(value)) byValue = true
      for (const name of namesInValue(value)) (decides ? reads.value : reads.presence).add(name)
    }
  }
  // A name that was made of others stands for their values anywhere behind it.
  if (byValue && all.some(assigns)) for (const name of reads.presence) reads.value.add(name)
  return reads
}

const valuesOf = (template: Template): Value[] =>
  [...(template.arguments?.() ?? [])].filter((argument) => argument instanceof Value)

const assigns = (template: Template) => template.localScope !== undefined
const grows = ({ filters }: Value) => filters.some(({ name }) => GROWING.has(name))

const isText = (template: Template) => {
  const { str } = template as { str?: unknown }
  return typeof str === 'string' && str.trim() !== ''
}

function dependsOnValues(value: Value, isPrintedBesideText: boolean): boolean {
  if (comparesValues(value) || readsInside(value)) return true
  let mayBeEmpty = false
  for (const { name } of value.filters) {
    // Other words stand in for what was cut to nothing, and half a character is no part of a URL.
    if (mayBeEmpty && (name === 'default' || name === 'url_encode')) return true
    if (CUTTING.has(name)) mayBeEmpty = true
  }
  return mayBeEmpty && !isPrintedBesideText
}

/** True when an expression compares values with anything but nothing. */
function comparesValues({ initial: { postfix } }: Value): boolean {
  const blank: boolean[] = []
  for (const token of postfix) {
    if (!TypeGuards.isOperatorToken(token)) {
      blank.push(isBlankWord(token))
      continue
    }
    const [right, left] = [blank.pop(), token.operator === 'not' ? false : blank.pop()]
    const asksForNothing = (token.operator === '==' || token.operator === '!=') && (left || right)
    if (COMPARISONS.has(token.operator) && !asksForNothing) return true
    blank.push(false)
  }
  return false
}

const isBlankWord = (token: unknown) =>
  (TypeGuards.isQuotedToken(token) && token.content === '') ||
  (TypeGuards.isLiteralToken(token) && /^(?:blank|empty|nil|null)$/.test(token.getText()))
