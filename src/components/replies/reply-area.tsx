'use client'

import { Deferred } from '@/components/ui/later/deferred'
import { later } from '@/components/ui/later/later'
import { SkeletonRows } from '@/components/ui/skeleton'
import { api } from '@/trpc/react'
import { areMoving } from './reply-text'
import { ReplyWriter } from './reply-writer'

const entry = later(() => import('./reply-entry'))

/** Below a message that was received: what we have replied to it, and a reply that is being written. */
export function ReplyArea({ messageId, subject }: { messageId: string; subject: string }) {
  const replies = api.replies.list.useQuery(
    { messageIds: [messageId] },
    { refetchInterval: ({ state }) => (areMoving(state.data ?? []) ? 1_000 : 15_000) },
  )
  const written = replies.data ?? []
  return (
    <div className="mt-2 grid gap-2">
      {written.length > 0 && (
        <Deferred part={entry} waiting={<SkeletonRows rows={1} label="Loading the replies" />}>
          {({ ReplyEntry }) => (
            <ol aria-label={`Replies to “${subject}”`} className="grid gap-px">
              {written.map((reply) => (
                <li key={reply.id}>
                  <ReplyEntry reply={reply} />
                </li>
              ))}
            </ol>
          )}
        </Deferred>
      )}
      <ReplyWriter messageId={messageId} subject={subject} />
    </div>
  )
}
