/** A template as it stands in the editor; an empty HTML body is none. */
export type TemplateDraft = {
  name: string
  subject: string
  bodyText: string
  bodyHtml: string
  /** Text of other programs' tags that is meant as it stands. */
  confirmedTexts: readonly string[]
}

/** The part of a draft that emails are made from, as the API takes it. */
export const contentOf = ({ subject, bodyText, bodyHtml }: TemplateDraft) => ({
  subject,
  bodyText,
  bodyHtml: bodyHtml.trim() ? bodyHtml : null,
})
