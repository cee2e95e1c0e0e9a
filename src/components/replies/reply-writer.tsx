'use client'

import { Forward, Reply as ReplyIcon } from 'lucide-react'
import { useBareKeys } from '@/components/hooks/use-bare-keys'
import { useMayWrite } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { SkeletonRows } from '@/components/ui/skeleton'
import { beginReply, closeReply, useReplyForm } from './reply-forms'
import { useSaySent } from './use-reply-acts'

const composer = later(() => import('./reply-composer'))

type WriterProps = { messageId: string; subject: string; byKey?: boolean }

/** Below a message that was received: answers it, or hands it on; with `byKey`, R begins an answer. */
export function ReplyWriter({ messageId, subject, byKey = false }: WriterProps) {
  const mayWrite = useMayWrite()
  const form = useReplyForm(messageId)
  const saySent = useSaySent()
  useBareKeys(byKey && mayWrite ? { r: () => beginReply(messageId, 'answer') } : {})
  if (!mayWrite) return null
  if (form !== null)
    return (
      <Deferred part={composer} waiting={<SkeletonRows rows={3} label="Loading the message" />}>
        {({ ReplyComposer }) => (
          <ReplyComposer
            key={`${form.kind} ${form.filled}`}
            messageId={messageId}
            kind={form.kind}
            focused={form.focused}
            onClose={() => closeReply(messageId)}
            onSent={(sent) => {
              closeReply(messageId)
              saySent(sent)
            }}
          />
        )}
      </Deferred>
    )
  return (
    <div className="flex gap-2 px-[18px]">
      <Button
        icon={ReplyIcon}
        {...(byKey ? { 'aria-keyshortcuts': 'r' } : { 'aria-label': `Reply to “${subject}”` })}
        onClick={() => beginReply(messageId, 'answer')}
      >
        Reply {byKey && <Kbd>R</Kbd>}
      </Button>
      <Button icon={Forward} aria-label={`Forward “${subject}”`} onClick={() => beginReply(messageId, 'forward')}>
        Forward
      </Button>
    </div>
  )
}
