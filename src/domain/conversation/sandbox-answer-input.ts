import { z } from 'zod'
import { ANSWER_TEXT_MAX, type SandboxAnswer } from './sandbox-answer'

/** An answer as it is entered. */
export const sandboxAnswer: z.ZodType<SandboxAnswer> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reply'), text: z.string().trim().min(1, 'Write an answer').max(ANSWER_TEXT_MAX) }),
  z.object({ kind: z.literal('stop_request') }),
  z.object({ kind: z.literal('out_of_office'), until: z.iso.date().nullable() }),
  z.object({ kind: z.literal('bounce') }),
])
