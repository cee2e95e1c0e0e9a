import { canonicalSubject, withoutAnswerPrefix } from './subject'

/** What is known of the subject of an email that was never recorded: its template's, and that of the thread it answers in, or null. */
export type UnrecordedSubject = { template: string; thread: string | null }

const TAG = /\{\{.*?\}\}|\{%.*?%\}/gs
const CONDITION = /\{%.*?%\}/s
// Shorter texts between variables stand in other subjects as well.
const LEAST_TEXT = 4

/**
 * Whether a message with this subject may be that email: an answer in its thread, or one made from its template, whose own text
 * stands in it in order. A template of variables alone says nothing.
 */
export function maybeSubjectOf({ template, thread }: UnrecordedSubject, subject: string): boolean {
  const isAnswer = withoutAnswerPrefix(subject) !== subject
  if (thread !== null) return isAnswer && canonicalSubject(thread) === canonicalSubject(subject)
  const text = oneLine(subject)
  const parts = template.split(TAG).map(oneLine)
  const first = parts[0] ?? ''
  const last = parts.length > 1 ? (parts.at(-1) ?? '') : ''
  // What stands between conditions may be left out.
  const middle = CONDITION.test(template) ? [] : parts.slice(1, -1)
  if ([first, ...middle, last].join('').length < LEAST_TEXT) return false
  if (parts.length === 1) return text === first
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  let from = first.length
  for (const part of middle) {
    const at = text.indexOf(part, from)
    if (at < 0 || at + part.length > text.length - last.length) return false
    from = at + part.length
  }
  return true
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
