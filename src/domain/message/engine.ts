import {
  AssignTag,
  Context,
  defaultOperators,
  Liquid,
  type LiquidOptions,
  type Template,
  type Token,
  TypeGuards,
  Value,
} from 'liquidjs'
import { honourDefault, missingVariableOf, NOTES, type Notes, noteMissing, notesAreFull } from './missing-values'
import { everyTemplate } from './names'
import { isFallback, type Variables } from './variables'
import { fitWebsite, placeAfter } from './website'

/** Longest subject and body, in characters. A longer one is refused before it is parsed. */
export const SUBJECT_LIMIT = 300
export const BODY_LIMIT = 100_000

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

/** Tags a template may use. No loops and no includes: work is bounded by the template's length. */
export const ALLOWED_TAGS = ['if', 'unless', 'assign', 'comment', 'raw', '#'] as const

/** Characters all filters and outputs of one part may make. Reached only by templates that mean harm. */
const MEMORY_LIMIT = 1_000_000

/**
 * Milliseconds for one part. Lengths are the real bound, since there are no loops; this is the backstop, and the
 * engine tries once more before it believes it, because a machine that sleeps also lets time pass.
 */
const RENDER_LIMIT_MS = 400

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
  memoryLimit: MEMORY_LIMIT,
  renderLimit: RENDER_LIMIT_MS,
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

const isNothing = (value: unknown) => value === null || value === undefined || value === ''

/** To a person a value that is empty and one that is not there are the same. */
const OPERATORS: NonNullable<LiquidOptions['operators']> = {
  ...defaultOperators,
  '==': function* (left: unknown, right: unknown, ctx: Context) {
    return (isNothing(left) && isNothing(right)) || (yield* defaultEquals(left, right, ctx))
  },
  '!=': function* (left: unknown, right: unknown, ctx: Context) {
    return !((isNothing(left) && isNothing(right)) || (yield* defaultEquals(left, right, ctx)))
  },
}

type Compare = (left: unknown, right: unknown, ctx: Context) => Generator<unknown, boolean>
const defaultEquals = defaultOperators['=='] as Compare

/** A Liquid engine with the product's allow-lists and limits. */
function createEngine(kind: OutputKind, operators: LiquidOptions['operators'] = OPERATORS): Liquid {
  // Filters charge for what they make; without this, printing one long value many times would be free.
  function print(this: { context: Context }, value: unknown) {
    const text = textOf(value)
    this.context.memoryLimit.use(text.length)
    return kind === 'html' ? escapeHtml(text) : text
  }
  const engine = new Liquid({ ...OPTIONS, operators, outputEscape: print as (value: unknown) => string })
  for (const name of Object.keys(engine.filters)) {
    if (!(ALLOWED_FILTERS as readonly string[]).includes(name)) engine.unregisterFilter(name)
  }
  for (const name of Object.keys(engine.tags)) {
    if (!(ALLOWED_TAGS as readonly string[]).includes(name)) delete engine.tags[name]
  }
  // HTML escapes every output by itself and text needs no escaping, so an explicit `escape` must not do it twice.
  engine.registerFilter('escape', (value: unknown) => value)
  engine.registerTag('assign', StrictAssign)
  return engine
}

const ENGINES = { plain: createEngine('plain'), html: createEngine('html') }

/** Parses one part and teaches it the product's reading of missing variables. Throws at the first error. */
export function parsePart(kind: OutputKind, source: string): Template[] {
  const templates = ENGINES[kind].parse(source)
  let before = ''
  for (const template of everyTemplate(templates)) {
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

/** Renders what `parsePart` made. Goes on after a missing variable, throws at any other error. */
export function renderPart(templates: Template[], variables: Variables): RenderedPart {
  try {
    return renderWith(ENGINES.plain, templates, variables)
  } catch (error) {
    if (!isTimeLimit(error)) throw error
    return renderWith(ENGINES.plain, templates, variables)
  }
}

function renderWith(engine: Liquid, templates: Template[], variables: Variables): RenderedPart {
  const known: Variables = {}
  const fallbacks: Variables = {}
  for (const [name, value] of Object.entries(variables)) (isFallback(name, value) ? fallbacks : known)[name] = value
  const notes: Notes = { missing: new Set(), errors: 0, fallbacks, fellBack: false }
  const { missing } = notes
  const context = new Context(known, engine.options, { sync: true }, { liquid: engine })
  context.setRegister(NOTES, notes)
  try {
    return { output: engine.renderSync(templates, context) as string, missing }
  } catch (error) {
    // A condition cannot go on without what it needs.
    const name = missingVariableOf(error)
    if (!name && !notesAreFull(error)) throw error
    if (name) missing.add(name)
    return { output: '', missing }
  }
}

/**
 * Renders with every comparison of two known values decided by `choose` instead of by the values, which are
 * stand-ins. What a blank value decides stays decided, because that is what the caller knows.
 */
export function renderEitherWay(templates: Template[], variables: Variables, choose: () => boolean): RenderedPart {
  return renderWith(createEngine('plain', comparisonsDecidedBy(choose)), templates, variables)
}

function comparisonsDecidedBy(choose: () => boolean): LiquidOptions['operators'] {
  const operators = { ...OPERATORS }
  for (const name of ['==', '!=', '<', '>', '<=', '>=', 'contains']) {
    const compare = OPERATORS[name] as Compare
    operators[name] = function* (left: unknown, right: unknown, ctx: Context) {
      return isBlank(left) || isBlank(right) ? yield* compare(left, right, ctx) : choose()
    }
  }
  return operators
}

// `blank`, `empty` and `nil` are objects in LiquidJS.
const isBlank = (value: unknown) => value === null || value === undefined || value === '' || typeof value === 'object'

/** LiquidJS would print the first of two and drop the rest without a word. */
function refuseSeveralValues({ initial: { postfix } }: Value, token: Token) {
  if (postfix.length < 2 || postfix.some(TypeGuards.isOperatorToken)) return
  throw Object.assign(new Error(`${token.getText().slice(0, 40)} holds more than one value; names have no spaces`), {
    token,
  })
}

const isTimeLimit = (error: unknown) => error instanceof Error && /template render limit/.test(error.message)
