import type { ReactNode } from 'react'
import { ErrorState } from '@/components/ui/error-state'
import { messageOf } from '@/trpc/react'

// Where the server's words go over from what happened to what was not touched and what to do.
const UNTOUCHED = /\s(?=(?:Nothing (?:was|is)|The lead was not)\b)/

/** A refusal in the server's own words: what happened stands out, the rest follows quietly. */
export function Refusal({ error, action, className }: { error: unknown; action?: ReactNode; className?: string }) {
  const [fact, ...rest] = messageOf(error).split(UNTOUCHED)
  return <ErrorState title={fact} untouched={rest.join(' ')} action={action} {...(className ? { className } : {})} />
}
