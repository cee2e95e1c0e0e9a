/** The two sides of an email, as a choice. */
export const EMAIL_SIDES = [
  { value: 'html', label: 'HTML' },
  { value: 'text', label: 'Text' },
] as const
export type EmailSide = (typeof EMAIL_SIDES)[number]['value']
