/** The text of an email as it stands in the editor; an empty HTML body is none. */
export type TextDraft = {
  subject: string
  bodyText: string
  bodyHtml: string
  /** Text of other programs' tags that is meant as it stands. */
  confirmedTexts: readonly string[]
}

/** A template as it stands in the editor. */
export type TemplateDraft = TextDraft & { name: string }

/** The part of a draft that emails are made from, as the API takes it. */
export const contentOf = ({ subject, bodyText, bodyHtml }: TextDraft) => ({
  subject,
  bodyText,
  bodyHtml: bodyHtml.trim() ? bodyHtml : null,
})

/** The same with what was confirmed, as a save takes it. */
export const textOf = (draft: TextDraft) => ({ ...contentOf(draft), confirmedTexts: [...draft.confirmedTexts] })

export const NO_TEXT: TextDraft = { subject: '', bodyText: '', bodyHtml: '', confirmedTexts: [] }
