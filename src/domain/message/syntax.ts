import { ALLOWED_FILTERS } from './bounded-filters'
import { ALLOWED_TAGS, BODY_LIMIT, SUBJECT_LIMIT } from './engine'
import { PART_LABEL, type PartName } from './parts'
import { nearest } from './suggestion'

/** `line` and `column` count from 1 and are absent when the problem is about the whole part. */
export type SyntaxProblem = { part: PartName; message: string; line?: number; column?: number }

/** Placeholders and tags in one part, and characters in one of them: far above any email, and they bound the work. */
const PLACEHOLDER_LIMIT = 500
const PLACEHOLDER_LENGTH_LIMIT = 2_000

/** Word processors curl quotes; a template then means something else. */
const CURLY_QUOTE = /\{[{%][^}]{0,200}?[:=,<>]\s*[“”„‘’]/

/**
 * Returns the fault that keeps a part from being used, or `null`. `parse` does the parsing; its LiquidJS errors become
 * plain words.
 */
export function syntaxProblem(part: PartName, source: string, parse: () => void): SyntaxProblem | null {
  const label = PART_LABEL[part]
  if (!source.trim()) return { part, message: `${label} is empty.` }
  const limit = part === 'subject' ? SUBJECT_LIMIT : BODY_LIMIT
  if (source.length > limit)
    return { part, message: `${label} is longer than ${limit.toLocaleString('en')} characters.` }
  const tooMuch = placeholderProblem(source)
  if (tooMuch) return { part, message: `${label} ${tooMuch}` }
  const quoted = CURLY_QUOTE.exec(source)?.[0]
  if (quoted) return { part, message: `${label}: quotes must be straight in ${quoted.slice(0, 40)}…, like "this".` }
  try {
    parse()
    return null
  } catch (error) {
    const position = positionOf(error)
    const where = position ? `, line ${position.line}` : ''
    return {
      part,
      message: `${label}${where}: ${plainWords(error instanceof Error ? error.message : '')}`,
      ...position,
    }
  }
}

function placeholderProblem(source: string): string | null {
  let count = 0
  for (const { index } of source.matchAll(/\{[{%]/g)) {
    count++
    if (count > PLACEHOLDER_LIMIT) return `has more than ${PLACEHOLDER_LIMIT.toLocaleString('en')} placeholders.`
    if (
      !/[}%]\}/.test(source.slice(index, index + PLACEHOLDER_LENGTH_LIMIT)) &&
      source.length - index > PLACEHOLDER_LENGTH_LIMIT
    ) {
      return 'has a placeholder that is never closed with }} or %}.'
    }
  }
  return null
}

function positionOf(error: unknown): { line: number; column: number } | null {
  const token = (error as { token?: { getPosition?: () => number[] } } | undefined)?.token
  const [line, column] = token?.getPosition?.() ?? []
  return line && column ? { line, column } : null
}

const EXAMPLE = 'as in {{ city | default: "your area" }}'

/** LiquidJS speaks to programmers; this is what it means. */
function plainWords(message: string): string {
  const text = message.replace(/, line:\d+, col:\d+$/, '')
  const filter = /undefined filter: (.+)/.exec(text)?.[1]
  if (filter) return `there is no filter "${filter}".${didYouMean(nearest(filter, ALLOWED_FILTERS))}`
  const tag = /^tag "(.+?)" not found/.exec(text)?.[1]
  if (tag) return tagProblem(tag)
  const open = /^(?:output|tag) "?(.+?)"? not closed/.exec(text)?.[1]
  if (open) return `${open.slice(0, 40)} is never closed.`
  if (/^invalid value expression: ""/.test(text)) return '{{ }} is empty; put a variable between the braces.'
  if (/^expected ("\|"|filter name)/.test(text)) return `put "|" and a filter behind the variable, ${EXAMPLE}.`
  if (/^expected ":" after filter/.test(text)) return `put ":" behind the filter, ${EXAMPLE}.`
  if (/call stack/i.test(text)) return 'conditions are nested too deeply.'
  return `${text}.`
}

function tagProblem(tag: string) {
  const stray = /^(end\w*|else|elsif)$/.test(tag)
  if (stray) return `{% ${tag} %} has no matching opening tag.`
  const allowed = ALLOWED_TAGS.filter((name) => name !== '#').join(', ')
  return `the tag {% ${tag} %} is not available; ${allowed} are.`
}

const didYouMean = (name: string | null) => (name ? ` Did you mean "${name}"?` : '')
