import { findForeignTags } from '@/domain/message/foreign-tags'
import { compileTemplate, type MessageTemplate } from '@/domain/message/render'

/** The parts as they are stored: an empty HTML body is none. @throws {DomainError} invalid_input */
export function checkContent({ subject, bodyText, bodyHtml }: MessageTemplate) {
  const content = { subject: subject.trim(), bodyText, bodyHtml: bodyHtml?.trim() ? bodyHtml : null }
  compileTemplate(content)
  return content
}

/** What is confirmed of the text that the template has; text that is gone is not confirmed for its return. */
export function confirmedIn(content: MessageTemplate, confirmed: readonly string[]): string[] {
  const meant = new Set(confirmed)
  return [...new Set(findForeignTags(content).map(({ text }) => text))].filter((text) => meant.has(text))
}
