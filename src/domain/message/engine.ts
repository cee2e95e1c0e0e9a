import { AssignTag, Context, Liquid, type LiquidOptions, type Template, type Token, TypeGuards, Value } from 'liquidjs'
import { BUDGET, boundFilters, budgetOf } from './bounded-filters'
import { type Budget, refuseLarge } from './budget'
import { CHOOSE, type Choose, OPERATORS } from './comparisons'
import { honourDefault, missingVariableOf, NOTES, type Notes, noteMissing, notesAreFull } from './missing-values'
import { everyTemplate, shortenSource } from './names'
import { refuseOversized } from './template-size'
import { isFallback, type Variables } from './variables'
import { fitWebsite, placeAfter } from './website'

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
    const text = textOf(value)
    budgetOf(this.context).print(text.length)
    return kind === 'html' ? escapeHtml(text) : text
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
  return templates
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
