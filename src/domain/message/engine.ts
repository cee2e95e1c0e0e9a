import { AssignTag, type Context, defaultOperators, Liquid, type LiquidOptions, type Template, Value } from 'liquidjs'
import type { Variables } from './variables'

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
] as const

/** Tags a template may use. No loops and no includes: work is bounded by the template's length. */
export const ALLOWED_TAGS = ['if', 'unless', 'assign', 'comment', 'raw', '#'] as const

/** Characters all filters and outputs of one part may make. Reached only by templates that mean harm. */
const MEMORY_LIMIT = 1_000_000

/**
 * Milliseconds for one part. Lengths are the real bound, since there are no loops; this is the backstop, and the
 * caller asks once more before it believes it, because a machine that sleeps also lets time pass.
 */
const RENDER_LIMIT_MS = 100

/** How values reach the output: as they are (subject, text), or with `& < > " '` escaped (HTML). */
type OutputKind = 'plain' | 'html'

const OPTIONS: LiquidOptions = {
  // An empty mapping instead of the file system: nothing could be read even if a tag asked.
  templates: {},
  ownPropertyOnly: true,
  strictFilters: true,
  strictVariables: true,
  lenientIf: true,
  parseLimit: BODY_LIMIT,
  memoryLimit: MEMORY_LIMIT,
  renderLimit: RENDER_LIMIT_MS,
}

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
    ctx.bottom()[key] = yield value.value(ctx, false)
  }
}

/** A Liquid engine with the product's allow-lists and limits. */
function createEngine(kind: OutputKind, extra: LiquidOptions = {}): Liquid {
  // Filters charge for what they make; without this, printing one long value many times would be free.
  function print(this: { context: Context }, value: unknown) {
    const text = textOf(value)
    this.context.memoryLimit.use(text.length)
    return kind === 'html' ? escapeHtml(text) : text
  }
  const engine = new Liquid({ ...OPTIONS, ...extra, outputEscape: print as (value: unknown) => string })
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

/** The engine that parses stops at the first error: a report on every one of thousands takes seconds. */
const PARSERS = { plain: createEngine('plain'), html: createEngine('html') }

/** The engine that renders goes on after an error, so that all missing variables are known at once. */
const RENDERER = createEngine('plain', { catchAllErrors: true })

/** Parses one part and teaches it the product's reading of `default`. Throws LiquidJS errors. */
export function parsePart(kind: OutputKind, source: string): Template[] {
  const templates = PARSERS[kind].parse(source)
  for (const value of valuesIn(templates)) honourDefault(value)
  return templates
}

/** Renders what `parsePart` made. Throws LiquidJS errors; `errorsIn` lists them. */
export function renderPart(templates: Template[], variables: Variables): string {
  try {
    return RENDERER.renderSync(templates, variables) as string
  } catch (error) {
    if (!errorsIn(error).some(isTimeLimit)) throw error
    return RENDERER.renderSync(templates, variables) as string
  }
}

/**
 * Names the parsed part reads and does not assign itself, each once. `company_name.size` reads company_name; any
 * other path is kept whole (`lead.name`), because values are plain text and have nothing inside.
 */
export function namesIn(templates: Template[]): Set<string> {
  const names = new Set<string>()
  for (const path of PARSERS.plain.globalVariableSegmentsSync(templates, { partials: false })) {
    const [root = '', property] = path.map(String)
    names.add(path.length === 1 || (path.length === 2 && property === 'size') ? root : path.map(String).join('.'))
  }
  return names
}

/** How `namesIn` calls what an error names by its first missing segment; `null` for what the template assigns itself. */
export function mentionedAs(missing: string, names: Iterable<string>): string | null {
  for (const name of names) if (name === missing || name.startsWith(`${missing}.`)) return name
  return null
}

/**
 * Renders with every comparison of two known values decided by `choose` instead of by the values, which are
 * stand-ins. What a blank value decides stays decided, because that is what the caller knows.
 */
export function renderEitherWay(templates: Template[], variables: Variables, choose: () => boolean) {
  const engine = createEngine('plain', { catchAllErrors: true, operators: comparisonsDecidedBy(choose) })
  engine.renderSync(templates, variables)
}

function comparisonsDecidedBy(choose: () => boolean): LiquidOptions['operators'] {
  const operators = { ...defaultOperators }
  for (const name of ['==', '!=', '<', '>', '<=', '>=', 'contains']) {
    const compare = defaultOperators[name] as (l: unknown, r: unknown, ctx: Context) => Generator<unknown, boolean>
    operators[name] = function* (left: unknown, right: unknown, ctx: Context) {
      return isBlank(left) || isBlank(right) ? yield* compare(left, right, ctx) : choose()
    }
  }
  return operators
}

// `blank`, `empty` and `nil` are objects in LiquidJS.
const isBlank = (value: unknown) => value === null || value === undefined || value === '' || typeof value === 'object'

/** Every expression of a parsed template, also those inside branches. */
function* valuesIn(templates: Template[]): Generator<Value> {
  for (const template of templates) {
    const { value } = template as { value?: unknown }
    if (value instanceof Value) yield value
    const children = template.children?.(false, true).next().value
    if (Array.isArray(children)) yield* valuesIn(children as Template[])
  }
}

/**
 * LiquidJS forgives a missing variable only when `default` is the first filter, and evaluates the fallback even when
 * it is not needed. Here `{{ first_name | capitalize | default: contact_name }}` means what it says: missing is
 * forgiven wherever `default` stands, and the fallback counts only when it is used.
 */
function honourDefault(value: Value) {
  const lastDefault = value.filters.findLastIndex((filter) => filter.name === 'default')
  if (lastDefault < 0) return
  const evaluate = value.value.bind(value)
  value.value = (ctx) => evaluate(ctx, true)
  value.filters.forEach((filter, index) => {
    if (filter.name !== 'default') return
    const applyDefault = filter.render.bind(filter)
    filter.render = function* (current: unknown, ctx: Context): IterableIterator<unknown> {
      if (current !== undefined && current !== null && current !== false && current !== '') return current
      try {
        return yield applyDefault(current, ctx)
      } catch (error) {
        if (index < lastDefault && isMissingVariable(error)) return null
        throw error
      }
    }
  })
}

/** The path of the variable that an error says is missing, or `null` when it is another error. */
export function missingVariableOf(error: unknown): string | null {
  if (!isMissingVariable(error)) return null
  return (error as { originalError?: { variableName?: string } }).originalError?.variableName ?? null
}

const isMissingVariable = (error: unknown) => error instanceof Error && error.name === 'UndefinedVariableError'

/** LiquidJS hands back several errors as one; this is the flat list. */
export function errorsIn(error: unknown): Error[] {
  if (error instanceof Error && 'errors' in error && Array.isArray(error.errors)) return error.errors.flatMap(errorsIn)
  return [error instanceof Error ? error : new Error(String(error))]
}

const isTimeLimit = (error: Error) => /template render limit/.test(error.message)
