export const SANDBOX_ANSWER_KINDS = ['reply', 'stop_request', 'out_of_office', 'bounce'] as const
export type SandboxAnswerKind = (typeof SANDBOX_ANSWER_KINDS)[number]

export const ANSWER_TEXT_MAX = 5_000

/** An answer that somebody gives in a lead's place, in the sandbox. `until`: the last day away; null: the answer names none. */
export type SandboxAnswer =
  | { kind: 'reply'; text: string }
  | { kind: 'stop_request' }
  | { kind: 'out_of_office'; until: string | null }
  | { kind: 'bounce' }

/** The host under which the mailbox of the sandbox is read: one that no name server knows. */
export const SANDBOX_READER_HOST = 'sandbox.invalid'

const LONG_DATE = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

/** What the lead writes, above what it answers. */
export function answerText(answer: Exclude<SandboxAnswer, { kind: 'bounce' }>): string {
  switch (answer.kind) {
    case 'reply':
      return answer.text
    case 'stop_request':
      return 'Please remove me from your mailing list.'
    case 'out_of_office': {
      if (answer.until === null) return 'I am out of the office at the moment and will reply when I return.'
      const day = LONG_DATE.format(new Date(`${answer.until}T00:00:00Z`))
      return `I am out of the office until ${day} and will reply when I return.`
    }
  }
}
