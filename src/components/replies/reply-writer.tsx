'use client'

import { Forward, Reply as ReplyIcon } from 'lucide-react'
import { useBareKeys } from '@/components/hooks/use-bare-keys'
import { useMayWrite } from '@/components/shell/user'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { SkeletonRows } from '@/components/ui/skeleton'
import { api } from '@/trpc/react'
import type { ReplyWriting } from './use-reply-writing'

const composer = later(() => import('./reply-composer'))

type WriterProps = { messageId: string; subject: string; byKey?: boolean; writing: ReplyWriting }

/** Below a message that was received: answers it, or hands it on; with `byKey`, R begins an answer. */
export function ReplyWriter({ messageId, subject, byKey = false, writing }: WriterProps) {
  const utils = api.useUtils()
  const mayWrite = useMayWrite()
  const kind = writing.kindOf(messageId)
  useBareKeys(byKey && mayWrite ? { r: () => writing.begin(messageId, 'answer') } : {})
  if (kind !== null)
    return (
      <Deferred part={composer} waiting={<SkeletonRows rows={3} label="Loading the message" />}>
        {({ ReplyComposer }) => (
          <ReplyComposer
            messageId={messageId}
            kind={kind}
            onClose={() => writing.close(messageId)}
            onSent={(id, draft) => {
              writing.sent(id, messageId, kind, draft)
              void utils.replies.list.invalidate()
              void utils.inbox.get.invalidate()
            }}
          />
        )}
      </Deferred>
    )
  if (!mayWrite) return null
  return (
    <div className="flex gap-2 px-[18px]">
      <Button
        icon={ReplyIcon}
        {...(byKey ? { 'aria-keyshortcuts': 'r' } : { 'aria-label': `Reply to “${subject}”` })}
        onClick={() => writing.begin(messageId, 'answer')}
      >
        Reply {byKey && <Kbd>R</Kbd>}
      </Button>
      <Button icon={Forward} aria-label={`Forward “${subject}”`} onClick={() => writing.begin(messageId, 'forward')}>
        Forward
      </Button>
    </div>
  )
}
