import type { Template } from 'liquidjs'
import { DomainError } from '../errors'
import { errorsIn, mentionedAs, missingVariableOf, namesIn, parsePart, renderPart } from './engine'
import { type PartName, type SyntaxProblem, syntaxProblem } from './syntax'
import { oneLine, type Variables } from './variables'

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

/** What is wrong with the syntax, at most one problem a part; empty when the template can be rendered. */
export function parseTemplate(template: MessageTemplate): SyntaxProblem[] {
  return parse(template).problems
}

/** Parses once for many leads. Refuses a template that cannot be parsed, naming the place. */
export function compileTemplate(template: MessageTemplate): CompiledTemplate {
  const { parsed, problems } = parse(template)
  const [first] = problems
  if (first) throw new DomainError('invalid_input', first.message, { problems })
  let names: Set<string> | undefined
  const namesOnce = () => {
    names ??= namesOf(parsed)
    return names
  }
  return { parsed, render: (variables) => renderParsed(parsed, variables, namesOnce) }
}

/** Parses and renders in one go, for previews. Never throws. */
export function renderMessage(template: MessageTemplate, variables: Variables): RenderedMessage {
  const { parsed, problems } = parse(template)
  const [first] = problems
  return first
    ? { ok: false, missing: [], reason: first.message }
    : renderParsed(parsed, variables, () => namesOf(parsed))
}

function parse(template: MessageTemplate) {
  const parsed: ParsedTemplate = { subject: null, bodyText: null, bodyHtml: null }
  const problems: SyntaxProblem[] = []
  for (const part of ['subject', 'bodyText', 'bodyHtml'] as const) {
    const source = template[part] ?? ''
    if (part === 'bodyHtml' && !source.trim()) continue
    const problem = syntaxProblem(part, source, () => {
      parsed[part] = parsePart(part === 'bodyHtml' ? 'html' : 'plain', source)
    })
    if (problem) problems.push(problem)
  }
  return { parsed, problems }
}

function renderParsed(parsed: ParsedTemplate, variables: Variables, names: () => Set<string>): RenderedMessage {
  const errors: Error[] = []
  const part = (templates: Template[] | null) => {
    try {
      return templates ? renderPart(templates, variables) : ''
    } catch (error) {
      errors.push(...errorsIn(error))
      return ''
    }
  }
  const subject = oneLine(part(parsed.subject))
  const text = wellFormed(part(parsed.bodyText))
  const html = parsed.bodyHtml ? wellFormed(part(parsed.bodyHtml)) : null
  if (errors.length) return failure(errors, names())
  if (!subject) return { ok: false, missing: [], reason: 'The subject is empty for this lead.' }
  if (!text.trim()) return { ok: false, missing: [], reason: 'The text body is empty for this lead.' }
  return { ok: true, subject, text, html }
}

const namesOf = (parsed: ParsedTemplate) =>
  new Set(Object.values(parsed).flatMap((part) => (part ? [...namesIn(part)] : [])))

function failure(errors: Error[], names: ReadonlySet<string>): RenderedMessage {
  const missing = new Set<string>()
  let reason: string | null = null
  for (const error of errors) {
    const name = missingVariableOf(error)
    // What the template assigns itself is missing only because what it is assigned from is.
    const mentioned = name && mentionedAs(name, names)
    if (mentioned) missing.add(mentioned)
    else if (!name) reason ??= reasonOf(error)
  }
  return { ok: false, missing: [...missing], reason: reason ?? `No value for ${[...missing].join(', ')}.` }
}

function reasonOf(error: Error) {
  if (/limit exceeded|call stack|string length/i.test(error.message)) {
    return 'The template makes too much text or takes too long.'
  }
  return `The template cannot be rendered: ${error.message.replace(/, line:\d+, col:\d+$/, '')}.`
}

/** A lone half of a character pair could break the encoder. */
const wellFormed = (text: string) => text.replace(/\p{Surrogate}/gu, '\uFFFD')
