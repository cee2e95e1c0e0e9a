import { TriangleAlert } from 'lucide-react'
import type { Mailbox } from '../../api-types'
import { copyWords } from './copies-text'

/** Whether copies of sent emails lie in Sent; nothing where no server is read, or nothing leaves this machine. */
export function CopiesState({ mailbox: { reader, goesOut } }: { mailbox: Mailbox }) {
  if (!reader || !goesOut) return null
  const { words, isTrouble } = copyWords(reader)
  return (
    <p className="flex items-start gap-2 text-caption text-ink-2">
      {isTrouble && <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-held-ink" />}
      <span className="min-w-0 [overflow-wrap:anywhere]">{words}</span>
    </p>
  )
}
