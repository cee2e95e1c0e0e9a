/** The parts of a template that are written. */
export type PartName = 'subject' | 'bodyText' | 'bodyHtml'

export const PART_LABEL: Record<PartName, string> = {
  subject: 'The subject',
  bodyText: 'The text body',
  bodyHtml: 'The HTML body',
}
