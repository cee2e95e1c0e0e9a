import { z } from 'zod'
import { confirmedTextsInput, contentInput } from '../templates/content-input'

/** A step as the API takes it: one of the templates, or a text of its own. */
export const stepInput = z
  .object({
    templateId: z.uuid('Choose a template for every step.').optional(),
    text: z.object({ id: z.uuid(), ...contentInput, confirmedTexts: confirmedTextsInput }).optional(),
    daysAfterPrevious: z.int().min(0).max(10_000).default(0),
    replyInThread: z.boolean().default(false),
  })
  .refine(({ templateId, text }) => (templateId === undefined) !== (text === undefined), {
    path: ['templateId'],
    message: 'Choose a template for every step, or write its text.',
  })
