import {
  AssignTag,
  Context,
  Liquid,
  type LiquidOptions,
  Output,
  type Template,
  type Token,
  TypeGuards,
  Value,
} from 'liquidjs'
import { BUDGET, boundFilters, budgetOf } from './bounded-filters'
import { type Budget, refuseLarge } from './budget'
import { CHOOSE, type Choose, OPERATORS } from './comparisons'
import { honourDefault, missingVariableOf, NOTES, type Notes, noteMissing, notesAreFull } from './missing-values'
import { everyTemplate, shortenSource } from './names'
import { refuseOversized } from './template-size'
import { isFallback, type Variables } from './variables'
import { fitWebsite, type Place, placeAfter, readAt, withoutScheme } from './website'

/** Longest subject and body, in characters. A longer one is refused before it is parsed. */
export const SUBJECT_LIMIT = 300
export const BODY_LIMIT = 100_000

/** Tags a template may use. No loops and no includes: work is bounded by the template's length. */
export const ALLOWED_TAGS = ['if', 'unless', 'assign', 'comment', 'raw', '#'] as const

/** How values reach the output: as they are (subject, text), or with `& < > " '` escaped (HTML). */
type OutputKind = 'plain' | 'html'

const OPTIONS: LiquidOptions = {
  // An empty mapping instead of the file system: nothing could be read even by a tag.
  templates: {},
  ownPropertyOnly: true,
  strictFilters: true,
  strictVariables: true,
  lenientIf: true,
  parseLimit: BODY_LIMIT,
  operators: OPERATORS,
}

/** Escapes text for HTML, in attributes too. */
export const escapeHtml = (text: string) =>
  text.replace(/[&<>"']/g, (character) => ESCAPED[character as keyof typeof ESCAPED])

const ESCAPED = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return Array.isArray(value) ? value.map(textOf).join('') : ''
}

/** A value as it reaches the output. */
function printed(kind: OutputKind, text: string, budget: Budget): string {
  budget.print(text.length)
  return kind === 'html' ? escapeHtml(text) : text
}

/** LiquidJS reads an assigned missing variable as nothing, without a word; here it is as missing as anywhere else. */
class StrictAssign extends AssignTag {
  override *render(ctx: Context): Generator<unknown, void, unknown> {
    const { key, value } = this as unknown as { key: string; value: Value }
    const notes: Notes = ctx.getRegister(NOTES)
    const scope = ctx.bottom() as Record<string, unknown>
    notes.fellBack = false
    const assigned = yield value.value(ctx, false)
    delete notes.fallbacks[key]
    // A name for nothing is nothing as well: what it falls back to is for who prints it without words of their own.
    if (notes.fellBack) {
      delete scope[key]
      notes.fallbacks[key] = textOf(assigned)
    } else scope[key] = assigned
  }
}

/** A Liquid engine with the product's allow-lists and bounds. */
function createEngine(kind: OutputKind): Liquid {
  function print(this: { context: Context }, value: unknown) {
    return printed(kind, textOf(value), budgetOf(this.context))
  }
  const engine = new Liquid({ ...OPTIONS, outputEscape: print as (value: unknown) => string })
  boundFilters(engine)
  for (const name of Object.keys(engine.tags)) {
    if (!(ALLOWED_TAGS as readonly string[]).includes(name)) delete engine.tags[name]
  }
  engine.registerTag('assign', StrictAssign)
  return engine
}

const ENGINES = { plain: createEngine('plain'), html: createEngine('html') }

/** Parses one part and teaches it the product's reading of missing variables. Throws at the first error. */
export function parsePart(kind: OutputKind, source: string): Template[] {
  const templates = ENGINES[kind].parse(source)
  refuseOversized(templates)
  let before = ''
  for (const template of everyTemplate(templates)) {
    for (const argument of template.arguments?.() ?? []) shortenSource(argument)
    const { value, str } = template as { value?: unknown; str?: unknown }
    const place = placeAfter(kind, before)
    before = typeof str === 'string' ? str : ''
    if (!(value instanceof Value)) continue
    refuseSeveralValues(value, template.token)
    honourDefault(value)
    fitWebsite(value, place)
    noteMissing(value)
  }
  const simple = simplePartOf(kind, templates)
  if (simple) SIMPLE_PARTS.set(templates, simple)
  return templates
}

/** A part that is nothing but texts and variables, each with a word to stand for it at most: such need no engine to be printed. */
type SimplePart = { kind: OutputKind; pieces: readonly (string | LoneVariable)[] }
/** `otherwise` is what `default` gives; null where there is none. */
type LoneVariable = { name: string; otherwise: string | null; place: Place }

const SIMPLE_PARTS = new WeakMap<Template[], SimplePart>()

function simplePartOf(kind: OutputKind, templates: Template[]): SimplePart | null {
  const pieces: (string | LoneVariable)[] = []
  let before = ''
  for (const template of templates) {
    const { str } = template as { str?: unknown }
    if (typeof str === 'string') pieces.push(str)
    else {
      const alone = template instanceof Output ? variableAlone(template.value) : null
      if (alone === null) return null
      pieces.push({ ...alone, place: placeAfter(kind, before) })
    }
    before = typeof str === 'string' ? str : ''
  }
  return { kind, pieces }
}

/** The one variable of an output; null where there is more to it, and for names that the engine reads in its own way. */
function variableAlone({ initial: { postfix }, filters }: Value): Omit<LoneVariable, 'place'> | null {
  const [token] = postfix
  if (postfix.length !== 1 || !TypeGuards.isPropertyAccessToken(token)) return null
  const [name] = token.props.map((prop) => ('content' in prop ? prop.content : null))
  if (token.variable || token.props.length !== 1 || typeof name !== 'string') return null
  if (name in Object.prototype || ['size', 'first', 'last'].includes(name)) return null
  // The last filter is the escaping of what is printed.
  const [filter, ...others] = filters.slice(0, -1)
  if (!filter) return { name, otherwise: null }
  const [word] = filter.args
  const isWord = filter.name === 'default' && filter.args.length === 1 && TypeGuards.isQuotedToken(word)
  return isWord && others.length === 0 ? { name, otherwise: word.content } : null
}

/** What the engine prints of such a part, at the same cost to the budget; null where a variable has no value. */
function printSimple({ kind, pieces }: SimplePart, variables: Variables, budget: Budget): string | null {
  const known = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined)
  for (const piece of pieces)
    if (typeof piece !== 'string' && piece.otherwise === null && known(piece.name) === undefined) return null
  budget.beginPart()
  let output = ''
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      output += piece
      continue
    }
    const { name, otherwise, place } = piece
    const text = printed(kind, textFor(name, otherwise, readAt(place, name, known(name) ?? ''), budget), budget)
    output += place === 'behind_scheme' ? withoutScheme(text) : text
  }
  refuseLarge(output)
  return output
}

/** The value, or the template's own word where the value is blank or says nothing. */
function textFor(name: string, otherwise: string | null, value: string, budget: Budget): string {
  if (otherwise === null || (value !== '' && !isFallback(name, value))) return value
  // As a filter takes and makes it.
  budget.admit(otherwise)
  budget.admit(otherwise)
  return otherwise
}

export type RenderedPart = {
  output: string
  /** Variables without a value, as the template calls them; then `output` has gaps and must not be used. */
  missing: Set<string>
}

/**
 * Renders what `parsePart` made, within the budget of its email. Goes on after a missing variable, throws at any other error.
 * With `choose`, every comparison of two known values is decided by that instead of by the values, which are stand-ins; what
 * a blank value decides stays decided, because that is what the caller knows.
 */
export function renderPart(
  templates: Template[],
  variables: Variables,
  { budget, choose }: { budget: Budget; choose?: Choose },
): RenderedPart {
  const simple = SIMPLE_PARTS.get(templates)
  const text = simple ? printSimple(simple, variables, budget) : null
  if (text !== null) return { output: text, missing: new Set() }
  const engine = ENGINES.plain
  const known: Variables = {}
  const fallbacks: Variables = {}
  for (const [name, value] of Object.entries(variables)) (isFallback(name, value) ? fallbacks : known)[name] = value
  const notes: Notes = { missing: new Set(), errors: 0, fallbacks, fellBack: false, budget }
  const { missing } = notes
  const context = new Context(known, engine.options, { sync: true }, { liquid: engine })
  context.setRegister(NOTES, notes)
  context.setRegister(BUDGET, budget)
  if (choose) context.setRegister(CHOOSE, choose)
  budget.beginPart()
  try {
    const output = engine.renderSync(templates, context) as string
    refuseLarge(output)
    return { output, missing }
  } catch (error) {
    // A condition cannot go on without what it needs.
    const name = missingVariableOf(error)
    if (!name && !notesAreFull(error)) throw error
    if (name) missing.add(name)
    return { output: '', missing }
  }
}

/** LiquidJS would print the first of two and drop the rest without a word. */
function refuseSeveralValues({ initial: { postfix } }: Value, token: Token) {
  if (postfix.length < 2 || postfix.some(TypeGuards.isOperatorToken)) return
  throw Object.assign(new Error(`${token.getText().slice(0, 40)} holds more than one value; names have no spaces`), {
    token,
  })
}
