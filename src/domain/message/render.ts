import type { Template } from 'liquidjs'
import { DomainError } from '../errors'
import { asClause, Budget, TOO_MUCH } from './budget'
import { parsePart, renderPart } from './engine'
import { namesIn } from './names'
import type { PartName } from './parts'
import { canGrow } from './reads'
import { type SyntaxProblem, syntaxProblem } from './syntax'
import { oneLine, type Variables } from './variables'
import { excessOf, renderAllWays } from './ways'

/** A template as it is written: subject and text are plain, the optional HTML body escapes every value. */
export type MessageTemplate = { subject: string; bodyText: string; bodyHtml?: string | null }

export type RenderedMessage =
  | { ok: true; subject: string; text: string; html: string | null }
  /** `missing` names variables without a value; `reason` is one sentence for people, whatever the cause. */
  | { ok: false; missing: string[]; reason: string }

export type ParsedTemplate = Record<PartName, Template[] | null>

export type CompiledTemplate = {
  /** Never throws. Reusable: the sending loop compiles once and renders for each lead. */
  render(variables: Variables): RenderedMessage
  parsed: ParsedTemplate
}

/** Returns the faults of the syntax, at most one problem a part; empty when the template can be rendered. */
export function parseTemplate(template: MessageTemplate): SyntaxProblem[] {
  return parse(template).problems
}

/** The template in one go, and its faults; null where it has any. */
export function readTemplate(template: MessageTemplate): {
  problems: SyntaxProblem[]
  compiled: CompiledTemplate | null
} {
  const { parsed, problems } = parse(template)
  return { problems, compiled: problems.length > 0 ? null : compiledFrom(parsed) }
}

const compiledFrom = (parsed: ParsedTemplate): CompiledTemplate => ({
  parsed,
  render: (variables) => renderParsed(parsed, variables),
})

/** Parses once for many leads. Refuses a template that cannot be parsed, naming the place. */
export function compileTemplate(template: MessageTemplate): CompiledTemplate {
  const { parsed, problems } = parse(template)
  const [first] = problems
  if (first) throw new DomainError('invalid_input', first.message, { problems })
  return compiledFrom(parsed)
}

/** Parses and renders in one go, for previews. Never throws. */
export function renderMessage(template: MessageTemplate, variables: Variables): RenderedMessage {
  const { parsed, problems } = parse(template)
  const [first] = problems
  return first ? { ok: false, missing: [], reason: first.message } : renderParsed(parsed, variables)
}

function parse(template: MessageTemplate) {
  const parsed: ParsedTemplate = { subject: null, bodyText: null, bodyHtml: null }
  const problems: SyntaxProblem[] = []
  for (const part of ['subject', 'bodyText', 'bodyHtml'] as const) {
    const source = template[part] ?? ''
    if (part === 'bodyHtml' && !source.trim()) continue
    const problem = syntaxProblem(part, source, () => {
      parsed[part] = parsePart(part === 'bodyHtml' ? 'html' : 'plain', source)
      refuseExcess(parsed[part])
    })
    if (problem) problems.push(problem)
  }
  return { parsed, problems }
}

/** Refuses a part that makes too much text or work of any values, however short. */
function refuseExcess(part: Template[]): void {
  if (!canGrow(part)) return
  const { excess } = renderAllWays(part, Object.fromEntries([...namesIn(part)].map((name) => [name, 'x'])))
  if (excess) throw new Error(asClause(excess))
}

function renderParsed(parsed: ParsedTemplate, variables: Variables): RenderedMessage {
  const missing = new Set<string>()
  const budget = new Budget()
  const part = (templates: Template[] | null) => {
    if (!templates) return ''
    const rendered = renderPart(templates, variables, { budget })
    for (const name of rendered.missing) missing.add(name)
    return wellFormed(rendered.output)
  }
  try {
    const subject = oneLine(part(parsed.subject))
    const text = part(parsed.bodyText)
    const html = parsed.bodyHtml ? part(parsed.bodyHtml) : null
    if (missing.size) return { ok: false, missing: [...missing], reason: `No value for ${[...missing].join(', ')}.` }
    if (!subject) return { ok: false, missing: [], reason: 'The subject is empty for this lead.' }
    if (!text.trim()) return { ok: false, missing: [], reason: 'The text body is empty for this lead.' }
    return { ok: true, subject, text, html }
  } catch (error) {
    return { ok: false, missing: [], reason: reasonOf(error) }
  }
}

function reasonOf(error: unknown) {
  const excess = excessOf(error)
  if (excess) return excess
  const message = error instanceof Error ? error.message : String(error)
  if (/call stack|string length/i.test(message)) return TOO_MUCH
  return `The template cannot be rendered: ${message.replace(/, line:\d+, col:\d+$/, '')}.`
}

/** A lone half of a character pair could break the encoder. */
const wellFormed = (text: string) => text.toWellFormed()

export type Readable = {
  /** Null where it cannot be rendered even then. */
  shown: Extract<RenderedMessage, { ok: true }> | null
  /** Variables without a value, which stand in `shown` by their names in brackets. */
  missing: string[]
  /** Why it would not be sent, or null. */
  failure: string | null
}

/** Renders to be read by the one who writes it: where values are missing, with their names in brackets. */
export function renderReadable(template: CompiledTemplate, variables: Variables): Readable {
  const result = template.render(variables)
  if (result.ok) return { shown: result, missing: [], failure: null }
  const marked = { ...variables, ...Object.fromEntries(result.missing.map((name) => [name, `[${name}]`])) }
  const again: RenderedMessage = result.missing.length ? template.render(marked) : result
  return { shown: again.ok ? again : null, missing: result.missing, failure: result.reason }
}
