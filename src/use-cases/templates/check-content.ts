import { compileTemplate, type MessageTemplate } from '@/domain/message/render'

/** The parts as they are stored: an empty HTML body is none. @throws {DomainError} invalid_input */
export function checkContent({ subject, bodyText, bodyHtml }: MessageTemplate) {
  const content = { subject: subject.trim(), bodyText, bodyHtml: bodyHtml?.trim() ? bodyHtml : null }
  compileTemplate(content)
  return content
}
